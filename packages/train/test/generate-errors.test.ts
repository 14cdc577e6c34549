import { GRU, type GRUState, type Variable, variable } from "@rnn/nn";
import { Generator, oneHot, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { type GeneratedToken, generate } from "@rnn/train/generation";
import { describe, expect, test } from "vitest";

async function all(tokens: AsyncIterable<GeneratedToken>): Promise<GeneratedToken[]> {
  const list: GeneratedToken[] = [];
  for await (const token of tokens) list.push(token);
  return list;
}

/** A model that takes ids `[N, L]`, and does not say so. */
class BatchFirst {
  readonly #gru: GRU = new GRU({ inputSize: 3, hiddenSize: 3, batchFirst: true });

  forward(ids: Tensor, { state }: { state?: GRUState | undefined }): { output: Variable; state: GRUState } {
    return this.#gru.forward(oneHot(ids, 3).to("float32"), { state });
  }
}

describe("what generate refuses", () => {
  const options = { prompt: [0], maxNewTokens: 3 };
  const gru = new GRU({ inputSize: 2, hiddenSize: 3 });
  const step =
    (output: unknown, state: unknown = undefined) =>
    () =>
      ({ output, state }) as { output: Tensor; state: GRUState };
  const bad =
    (change: object, source: unknown = step(zeros([1, 3]))) =>
    () =>
      generate(source as typeof gru, { ...options, ...change } as never);

  test.each([
    [
      bad({ prompt: [] }),
      new RangeError("generate: prompt has no token; begin with the one that begins every text"),
    ],
    [
      bad({ prompt: [1.5] }),
      new RangeError("generate: prompt[0] must be a token id, an integer >= 0, got 1.5"),
    ],
    [
      bad({ prompt: tensor([1, 2], { dtype: "int32" }) }),
      new TypeError(
        "generate: prompt must be a list of token ids, got an object of Tensor; pass its toArray() if it is [L]",
      ),
    ],
    [bad({ prompt: "abc" }), new TypeError('generate: prompt must be a list of token ids, got "abc"')],
    [bad({ maxNewTokens: 0 }), new RangeError("generate: maxNewTokens must be an integer >= 1, got 0")],
    [
      bad({ stopTokens: [-1] }),
      new RangeError("generate: stopTokens[0] must be a token id, an integer >= 0, got -1"),
    ],
    [bad({ branches: 0 }), new RangeError("generate: branches must be an integer >= 1, got 0")],
    [bad({ temperature: -1 }), new RangeError("generate: temperature must be a finite number >= 0, got -1")],
    [bad({ yieldEvery: -1 }), new RangeError("generate: yieldEvery must be a number >= 0, got -1")],
    [
      bad({ signal: new AbortController() }),
      new TypeError(
        "generate: signal must be an AbortSignal, got an object of AbortController; pass controller.signal",
      ),
    ],
    [
      bad({ seed: 1, generator: new Generator(1) }),
      new TypeError("generate: got both seed and generator; pass one of them"),
    ],
    [
      bad({ maxTokens: 1 }),
      new TypeError(
        'generate: unknown option "maxTokens"; options are prompt, maxNewTokens, state, stopTokens, batchFirst, signal, yieldEvery, suppressTokens, temperature, topK, topP, seed, generator, branches',
      ),
    ],
    [
      bad({}, null),
      new TypeError("generate: model must be a model, a function of one step or a stream, got null"),
    ],
    [
      bad({}, new GRU({ inputSize: 2, hiddenSize: 3, bidirectional: true })),
      new TypeError(
        "Streaming: the layer was made with bidirectional: true; reading backwards needs the whole sequence",
      ),
    ],
  ])("at once: %#", (call, error) => {
    expect(call).toThrow(error);
  });

  const flat = { forward: () => ({ output: variable(zeros([1, 3])), state: 0 }) };
  test.each([
    [
      bad({}, () => zeros([1, 3])),
      new TypeError("generate: what the step returns must be { output, state }, got an object of Tensor"),
    ],
    [bad({}, step([1, 2])), new TypeError("generate: the model's output must be logits, got [1, 2]")],
    [
      bad({}, step(zeros([3]))),
      new ShapeError("generate: the model's output has shape [3], expected logits [1, V]"),
    ],
    [
      bad({}, step(zeros([2, 3]))),
      new ShapeError("generate: the model's output has shape [2,3], expected logits [1, V]"),
    ],
    [
      bad({ prompt: [0, 1] }, flat),
      new ShapeError("generate: the model's output has shape [1,3], expected logits [L, N, V]"),
    ],
    [
      bad({ prompt: [0, 1, 2] }, new BatchFirst()),
      new ShapeError(
        "generate: after ids of N = 1 the state has N = 3; pass batchFirst: true if the model takes ids [N, L]",
      ),
    ],
    [
      bad({ branches: 2, state: { h: variable(zeros([1, 3, 4])) } }),
      new ShapeError("generate: the state has 3 rows, expected 1 or one for each of 2 branches"),
    ],
    [
      bad({ branches: 2 }, step(zeros([1, 3]), [variable(zeros([4]))])),
      new ShapeError("generate: state[0] has shape [4], expected [..., N, size]"),
    ],
    [
      bad({ state: { h: variable(zeros([1, 1, 6])), memory: zeros([1, 4, 6]) } }),
      new ShapeError(
        "generate: state.h has shape [1,1,6], N = 1, but state.memory has shape [1,4,6], N = 4; the parts of a state are " +
          "[..., N, size]; leave out what does not change, such as the output of an encoder, and let the step function close over it",
      ),
    ],
    [
      bad({ branches: 2 }, step(zeros([1, 3]), zeros([1, 4, 6]))),
      new ShapeError(
        "generate: after ids of N = 1 the state has N = 4; the parts of a state are [..., N, size]; leave out what does not " +
          "change, such as the output of an encoder, and let the step function close over it",
      ),
    ],
    [
      bad({}, step(tensor([[0, Number.NaN]]))),
      new RangeError("generate: the logit of token 1 is NaN; logits are numbers below Infinity"),
    ],
    [bad({ suppressTokens: [9] }), new RangeError("generate: token 9 of suppressTokens is outside 0..2")],
  ])("when it runs: %#", async (call, error) => {
    await expect(all(call())).rejects.toThrow(error);
  });
});
