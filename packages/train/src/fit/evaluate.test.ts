import { Linear, mseLoss, type Variable } from "@rnn/nn";
import { type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { accuracy } from "../metrics/accuracy.ts";
import { evaluate } from "./evaluate.ts";
import type { Metric } from "./metrics.ts";

const model = new Linear({ inFeatures: 1, outFeatures: 1 });
model.loadStateDict({ weight: tensor([[2]]), bias: tensor([1]) });
const batches = [
  { x: tensor([[1]]), y: tensor([[3]]), size: 1 },
  { x: tensor([[0], [2], [3]]), y: tensor([[0], [4], [9]]), size: 3 },
];
const loss = ({ x, y }: { x: Tensor; y: Tensor }): Variable => mseLoss(model.forward(x), y);

describe("evaluate", () => {
  test("weights the mean by the batches' sizes", async () => {
    expect(await evaluate(model, batches, { loss })).toEqual({
      loss: (0 * 1 + 2 * 3) / 4,
      metrics: {},
      samples: 4,
    });
  });

  test("gathers metrics over all batches", async () => {
    const largestError = (): Metric => {
      let value = 0;
      return {
        update(output, targets) {
          const errors = output.sub(targets).abs().data;
          for (const error of errors) value = Math.max(value, error);
        },
        get value() {
          return value;
        },
      };
    };
    const { metrics } = await evaluate(model, batches, {
      loss: ({ x, y }) => ({ loss: loss({ x, y }), output: model.forward(x), targets: y }),
      metrics: { largestError },
    });
    expect(metrics).toEqual({ largestError: 2 });
  });

  test("runs in evaluation mode without a graph, and puts the mode back even after an error", async () => {
    model.train();
    const seen: boolean[] = [];
    await evaluate(model, batches, {
      loss: (batch) => {
        const result = loss(batch);
        seen.push(model.training, result.requiresGrad);
        return result;
      },
    });
    expect(seen).toEqual([false, false, false, false]);
    expect(model.training).toBe(true);
    const failing = evaluate(model, batches, {
      loss: () => {
        throw new Error("no");
      },
    });
    await expect(failing).rejects.toThrow("no");
    expect(model.training).toBe(true);
  });

  test("takes batches that come asynchronously", async () => {
    const later = async function* () {
      for (const batch of batches) yield await Promise.resolve(batch);
    };
    expect((await evaluate(model, later, { loss })).samples).toBe(4);
  });

  test("stops with the signal's reason", async () => {
    const reason = new Error("closed");
    await expect(evaluate(model, batches, { loss, signal: { aborted: true, reason } })).rejects.toBe(reason);
    await expect(evaluate(model, batches, { loss, signal: { aborted: true } })).rejects.toThrow(
      "evaluate: aborted",
    );
  });

  test("refuses to evaluate on nothing", async () => {
    await expect(evaluate(model, [], { loss })).rejects.toThrow(
      new RangeError("evaluate: there are no batches to evaluate on"),
    );
  });

  test("metrics need output and targets", async () => {
    await expect(evaluate(model, batches, { loss, metrics: { accuracy } })).rejects.toThrow(
      new TypeError(
        "evaluate: metrics need a loss function that returns { loss, output, targets }; it returned the loss alone",
      ),
    );
  });

  test.each<[unknown[], string]>([
    [[], "evaluate: model must be a Module, got undefined"],
    [
      [model, 5],
      "evaluate: batches must be something to iterate over, or a function of the epoch that returns it, got 5",
    ],
    [
      [model, []],
      "evaluate: options must be an object, got undefined; options are loss, metrics, signal, yieldEvery",
    ],
    [
      [model, [1], { loss: () => 5 }],
      "evaluate: what loss returns must be a Variable or { loss, output, targets }, got 5",
    ],
  ])("refuses %o", async (given, message) => {
    const failing = (evaluate as (...args: unknown[]) => Promise<unknown>)(...given);
    await expect(failing).rejects.toThrow(new TypeError(message));
  });
});
