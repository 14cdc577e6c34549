import { embedding, Parameter } from "@rnn/nn";
import { Generator, randint, randn, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { clipGradNorm, clipGradValue } from "../clip.ts";
import { Adagrad } from "./adagrad.ts";
import { Adam } from "./adam.ts";
import { AdamW } from "./adamw.ts";
import type { Optimizer } from "./optimizer.ts";
import { RMSprop } from "./rmsprop.ts";
import { SGD } from "./sgd.ts";

const makers: [string, (parameters: Parameter[]) => Optimizer][] = [
  ["SGD", (p) => new SGD(p, { learningRate: 0.1, maximize: true })],
  ["SGD with momentum", (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9 })],
  ["SGD with decay", (p) => new SGD(p, { learningRate: 0.1, weightDecay: 0.1 })],
  ["Adam", (p) => new Adam(p, { learningRate: 0.1, amsgrad: true })],
  ["AdamW", (p) => new AdamW(p, { learningRate: 0.1 })],
  ["RMSprop", (p) => new RMSprop(p, { learningRate: 0.1, momentum: 0.5 })],
  ["Adagrad", (p) => new Adagrad(p, { learningRate: 0.1 })],
];

describe.each(makers)("%s", (_name, make) => {
  test("a gradient of rows updates a table exactly as the whole one", () => {
    const generator = new Generator(5);
    const initial = randn([40, 6], { generator });
    const tables = [new Parameter(initial), new Parameter(initial.clone())] as const;
    const optimizers = tables.map((table) => make([table]));
    for (let step = 0; step < 6; step++) {
      const ids = randint(0, 40, [9], { generator });
      const scale = randn([9, 6], { generator });
      for (const [i, table] of tables.entries()) {
        optimizers[i]!.zeroGrad();
        embedding(ids, table).mul(scale).sum().backward();
        if (i === 1)
          expect(table.grad?.size).toBe(240); // reading it makes it whole
        else expect(table.rowGrad).not.toBe(null);
        clipGradNorm(table, 3);
        clipGradValue(table, 0.8);
        optimizers[i]!.step();
      }
      expect(tables[0].value.toArray()).toEqual(tables[1].value.toArray());
    }
  });
});

test("a norm that is NaN spreads into all rows", () => {
  const table = new Parameter(randn([10, 2]));
  embedding(tensor([3], { dtype: "int32" }), table)
    .mul(Number.NaN)
    .sum()
    .backward();
  expect(clipGradNorm(table, 1)).toBeNaN();
  expect([...table.grad!.data].every(Number.isNaN)).toBe(true);
});
