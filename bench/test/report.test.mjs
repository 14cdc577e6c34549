import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, changesMarkdown, ratios } from "../src/changes.mjs";
import { hash, weights } from "../src/data.mjs";
import { checksumFault, lossFault } from "../src/losses.mjs";
import { exponent, median } from "../src/measure.mjs";
import { markdown, summarize } from "../src/report.mjs";

const run = (library, value, unit = "steps/s") => ({
  workload: unit === "s" ? "cold_start" : "tiny_train",
  library,
  metric: unit === "s" ? "first_step" : "training",
  value,
  unit,
});

test("the median of an even number of values lies between the middle two", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([3, 1, 2]), 2);
});

test("the table has medians and our advantage over the best peer, whichever way the unit points", () => {
  const results = [
    ...[10, 30, 20].map((value) => run("rnn", value)),
    run("jax", 5),
    run("recurrent-js", 40),
    run("rnn", 0.1, "s"),
    run("jax", 0.4, "s"),
    { ...run("jax", undefined), error: "out of memory" },
  ];
  const lines = markdown(summarize(results), ["rnn", "jax", "recurrent-js"]).split("\n");
  assert.equal(lines[2], "| W5 tiny_train | steps/s | 20 | 5 | 40 | 0.500x |");
  assert.equal(lines[3], "| W9 cold_start first_step | s | 0.1 | 0.4 |  | 4.00x |");
  assert.equal(lines.length, 4);
});

test("our packages with several threads are no peer", () => {
  const results = [run("rnn", 10), run("rnn-parallel", 16), run("jax", 5)];
  const lines = markdown(summarize(results), ["rnn", "rnn-parallel", "jax"]).split("\n");
  assert.equal(lines[2], "| W5 tiny_train | steps/s | 10 | 16 | 5 | 2.00x |");
});

test("the most memory is a row of W2", () => {
  const result = { ...run("rnn", 1), workload: "ptb_small_train", peakMegabytes: 250 };
  assert.deepEqual(summarize([result])[1].medians, { rnn: 250 });
});

test("a loss that is not the recorded one is a fault; with one bias only the first is compared", () => {
  const right = [0.2077442, 0.3890389, 0.300097, 0.3272247, 0.2068256];
  const wrong = [...right.slice(0, 4), 0.21];
  assert.equal(lossFault("timeseries_train", right), null);
  assert.equal(
    lossFault("timeseries_train", wrong),
    "W4 timeseries_train: loss 5 is 0.21, expected 0.2068256",
  );
  assert.equal(lossFault("timeseries_train", wrong, { oneBias: true }), null);
  assert.notEqual(lossFault("timeseries_train", [Number.NaN], { oneBias: true }), null);
  assert.equal(checksumFault(0.0869027), null);
  assert.notEqual(checksumFault(0.0868), null);
});

test("data and weights are the same everywhere", () => {
  assert.deepEqual([hash(0, 8003), hash(1, 8003)], [4239892839, 1558834948]);
  const entries = weights({ cell: "lstm", vocabulary: 8, inputs: 4, hidden: 3, layers: 2, outputs: 1 });
  assert.deepEqual(entries.get("rnn.weight_ih_l1").shape, [12, 3]);
  assert.deepEqual([...entries.keys()].slice(0, 2), ["embedding.weight", "rnn.weight_ih_l0"]);
});

test("speeds are divided by the yardstick of their own round, and the middle round counts", () => {
  const round = (yardstick, value) => ({ yardstick, results: [run("rnn", value)] });
  assert.deepEqual(ratios([round(1, 10), round(2, 40), round(4, 48)]), { "W5 tiny_train training": 12 });
});

test("a loss of more than a tenth is named, a smaller one and a gain are not", () => {
  const rows = changes({ a: 10, b: 10, c: 10 }, { a: 8.9, b: 9.1, c: 12, d: 1 });
  assert.deepEqual(
    rows.map(({ name, isLoss }) => [name, isLoss]),
    [
      ["a", true],
      ["b", false],
      ["c", false],
      ["d", false],
    ],
  );
  const lines = changesMarkdown(rows).split("\n");
  assert.equal(lines[0], "More than 10 % below the recorded figure: a.");
  assert.equal(lines[4], "| a | 10.00 | 8.900 | −11.0 % |");
  assert.equal(lines[7], "| d |  | 1.000 | new |");
});

test("the exponent of a power law, whatever its factor", () => {
  assert.equal(exponent([1, 2, 4, 8].map(Number), [5, 5, 5, 5]), 0);
  const xs = [3, 6, 12, 24];
  assert.ok(
    Math.abs(
      exponent(
        xs,
        xs.map((x) => 7 * x ** 1.5),
      ) - 1.5,
    ) < 1e-12,
  );
});
