"""PyTorch on one thread: `python3 pytorch.py WORKLOAD SECONDS SPECIFICATION`, the latter the JSON of workloads.mjs.

Prints the same JSON lines as worker.mjs.
"""

import json
import math
import os
import resource
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

WORKLOAD, SECONDS, SPECIFICATION = sys.argv[1], float(sys.argv[2]), json.loads(sys.argv[3])
MASK = 0xFFFFFFFF
torch.set_num_threads(1)
now = time.process_time if os.environ.get("BENCH_CLOCK") == "processor" else time.perf_counter


def hashed(size, seed):
    """The integer hash of data.mjs; products wrap around at 64 bits, of which the low 32 are kept."""
    bits = ((torch.arange(size, dtype=torch.int64) + seed * 7919) & MASK) * 0x9E3779B1 & MASK
    bits = (bits ^ (bits >> 15)) * 0x85EBCA77 & MASK
    bits = (bits ^ (bits >> 13)) * 0xC2B2AE3D & MASK
    return bits ^ (bits >> 16)


def uniform(shape, seed, bound):
    return ((hashed(math.prod(shape), seed).double() / 2**32 * 2 - 1) * bound).float().reshape(shape)


def integers(shape, seed, count):
    return (hashed(math.prod(shape), seed) % count).reshape(shape)


def seconds_per_call(run):
    """Median of samples of at least 10 ms, after a warm-up of half the time that is measured."""
    calls = 0

    def timed(count):
        nonlocal calls
        start = now()
        for _ in range(count):
            run(calls)
            calls += 1
        return now() - start

    warm_up = now() + SECONDS / 2
    last = timed(1)
    while now() < warm_up:
        last = timed(1)
    group = max(1, math.ceil(0.01 / last))
    samples = []
    end = now() + SECONDS
    while len(samples) < 3 or now() < end:
        samples.append(timed(group) / group)
    return statistics.median(samples)


class Network(nn.Module):
    """Embedding, recurrent layers, and a linear layer over every step or the last one."""

    def __init__(self, spec):
        super().__init__()
        self.every_step = spec["loss"] == "crossEntropy"
        layer = {"lstm": nn.LSTM, "rnn": nn.RNN}[spec["cell"]]
        if "vocabulary" in spec:
            self.embedding = nn.Embedding(spec["vocabulary"], spec["inputs"])
        self.rnn = layer(spec["inputs"], spec["hidden"], spec.get("layers", 1), batch_first=True)
        self.linear = nn.Linear(spec["hidden"], spec["outputs"])
        set_weights(self, spec["hidden"])

    def forward(self, x, state):
        output, state = self.rnn(self.embedding(x) if hasattr(self, "embedding") else x, state)
        if self.every_step:
            return self.linear(output.flatten(0, 1)), state
        return self.linear(output[:, -1]).squeeze(1), state


def set_weights(module, hidden, prefix=""):
    bound = 1 / math.sqrt(hidden)
    kinds = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            name = prefix + name
            if name == "embedding.weight":
                parameter.copy_(uniform(parameter.shape, 1, 0.1))
            elif name.startswith("rnn."):
                kind, layer = name[len("rnn.") :].rsplit("_l", 1)
                parameter.copy_(uniform(parameter.shape, 10 * (int(layer) + 1) + kinds.index(kind), bound))
            else:
                parameter.copy_(uniform(parameter.shape, 90 if name == "linear.weight" else 91, bound))


def batches(spec):
    for i in range(4):
        rows, steps = spec["batch"], spec["steps"]
        x_seed, y_seed = spec["seeds"]["inputs"] + i, spec["seeds"]["targets"] + i
        if "vocabulary" in spec:
            x = integers((rows, steps), x_seed, spec["vocabulary"])
        else:
            x = uniform((rows, steps, spec["inputs"]), x_seed, 1)
        if spec["loss"] == "crossEntropy":
            y = integers((rows * steps,), y_seed, spec["outputs"])
        elif spec["loss"] == "bceWithLogits":
            y = integers((rows,), y_seed, 2).float()
        else:
            y = uniform((rows,), y_seed, 1)
        yield x, y


def trainer(spec):
    network = Network(spec)
    optimizer_class = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[spec["optimizer"]]
    optimizer = optimizer_class(network.parameters(), lr=spec["learningRate"])
    loss_of = {
        "crossEntropy": F.cross_entropy,
        "bceWithLogits": F.binary_cross_entropy_with_logits,
        "mse": F.mse_loss,
    }[spec["loss"]]
    data = list(batches(spec))
    carried = None

    def step(i):
        nonlocal carried
        x, y = data[i % len(data)]
        optimizer.zero_grad()
        output, state = network(x, carried)
        loss = loss_of(output, y)
        loss.backward()
        if "clipNorm" in spec:
            nn.utils.clip_grad_norm_(network.parameters(), spec["clipNorm"])
        optimizer.step()
        if spec.get("carriesState"):
            carried = tuple(part.detach() for part in state)
        return loss.item()

    return step


def train(spec):
    step = trainer(spec)
    losses = [step(i) for i in range(5)]
    value = spec["perStep"] / seconds_per_call(lambda i: step(i + len(losses)))
    show(metric="training", value=value, unit=spec["unit"], losses=losses, peakMegabytes=peak_megabytes())


def gemm():
    for m, k, n in SPECIFICATION["gemmShapes"]:
        a, b = uniform((m, k), 1, 1), uniform((k, n), 2, 1)
        value = 2 * m * k * n / seconds_per_call(lambda _: torch.mm(a, b)) / 1e9
        show(metric=f"{m}x{k}x{n}", value=value, unit="GFLOP/s")


def infer_stream(spec):
    lstm = nn.LSTM(spec["inputs"], spec["hidden"])
    set_weights(lstm, spec["hidden"], "rnn.")
    x = uniform((spec["steps"], 1, spec["inputs"]), spec["seed"], 1)
    state = None

    def step(i):
        nonlocal state
        at = i % spec["steps"]
        _, state = lstm(x[at : at + 1], state)

    with torch.no_grad():
        checksum = lstm(x)[1][0].sum().item()
        show(metric="step", value=1 / seconds_per_call(step), unit="steps/s")
        value = 1 / seconds_per_call(lambda _: lstm(x))
        show(metric="sequence", value=value, unit="sequences/s", checksum=checksum)


def peak_megabytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def show(**result):
    print(json.dumps(result), flush=True)


if WORKLOAD == "cold_start":
    show(metric="first_step", loss=trainer(SPECIFICATION["models"]["timeseries_train"])(0))
elif WORKLOAD == "gemm":
    gemm()
elif WORKLOAD == "infer_stream":
    infer_stream(SPECIFICATION["stream"])
else:
    train(SPECIFICATION["models"][WORKLOAD])
