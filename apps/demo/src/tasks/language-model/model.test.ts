import { expectClose } from "@internal/testing";
import { noGrad } from "@rnn/nn";
import { Generator, manualSeed, randint, Tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { LanguageModel, type LanguageModelConfig } from "./model.ts";
import { ModelStream } from "./model-stream.ts";
import { RECIPES } from "./recipes.ts";

const config: LanguageModelConfig = {
  cell: "lstm",
  tokens: 11,
  embedding: 8,
  hidden: 8,
  layers: 2,
  dropout: 0.5,
  tied: false,
};
const ids = randint(0, 11, [6, 3], { generator: new Generator(2) });

function expectSame(got: Tensor, want: Tensor): void {
  expect(got.shape).toEqual(want.shape);
  expectClose(got.clone().data, want.clone().data, { rtol: 1e-4, atol: 1e-6 });
}

describe("LanguageModel", () => {
  test.each([
    config,
    { ...config, cell: "gru" as const },
    { ...config, tied: true },
    { ...config, layers: 1, dropout: 0 },
  ])("read in one piece, in two, or token by token by a stream: %o", (sizes) => {
    const model = new LanguageModel(sizes, new Generator(1)).eval();
    const whole = noGrad(() => model.forward(ids));
    expect(whole.output.shape).toEqual([6, 3, 11]);
    const head = noGrad(() => model.forward(ids.slice([0, 2])));
    const tail = noGrad(() => model.forward(ids.slice([2, 6]), { state: head.state }));
    expectSame(tail.output.value, whole.output.value.slice([2, 6]));
    const stream = new ModelStream(model);
    for (let t = 0; t < 6; t++) {
      const logits = noGrad(() => stream.step(ids.select(0, t)));
      expectSame(logits instanceof Tensor ? logits : logits.value, whole.output.value.select(0, t));
    }
  });

  test("the same seed makes the same weights and the same dropout, whatever the default generator", () => {
    const outputs = [1, 2].map((seed) => {
      manualSeed(seed);
      return new LanguageModel(config, new Generator(7)).forward(ids).output.value.toArray();
    });
    expect(outputs[0]).toEqual(outputs[1]);
  });

  test("the recipe of Zaremba et al. has their network: 4.65 million parameters for 10,000 words, within ±0.1", () => {
    const { embedding = 0, hidden = 0, layers = 0, init } = RECIPES["zaremba-small"];
    const sizes = {
      cell: "lstm",
      tokens: 10_000,
      embedding,
      hidden,
      layers,
      dropout: 0,
      tied: false,
    } as const;
    const parameters = new LanguageModel(sizes, new Generator(0), init).parameters();
    expect(parameters.reduce((sum, { size }) => sum + size, 0)).toBe(4_653_200);
    for (const { value } of parameters) {
      const largest = value.abs().max().item();
      expect(largest).toBeLessThanOrEqual(0.1 * (1 + 1e-6));
      expect(largest).toBeGreaterThan(0.09);
    }
  });

  test("a tied output has no weights of its own", () => {
    const names = new LanguageModel({ ...config, tied: true }, new Generator(0))
      .namedParameters()
      .map(([name]) => name);
    expect(names.filter((name) => !name.startsWith("lstm"))).toEqual(["bias", "embedding.weight"]);
  });
});
