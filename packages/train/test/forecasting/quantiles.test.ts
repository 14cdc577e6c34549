import { expectClose, gradcheck } from "@internal/testing";
import { quantileLoss, variable } from "@rnn/nn";
import { Generator, rand, randn, tensor } from "@rnn/tensor";
import { intervalCoverage, meanPinballLoss, pinballLoss, sortQuantiles } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";

const quantiles = [0.1, 0.5, 0.9];
const generator = new Generator(3);

describe("quantiles", () => {
  const output = randn([4, 5, 3], { generator, dtype: "float64" });
  const targets = randn([4, 5], { generator, dtype: "float64" });

  test("the pinball loss is the mean of the losses of each quantile, and of the metric", () => {
    const want = quantiles.map((quantile, k) =>
      quantileLoss(variable(output.select(2, k)), targets, { quantile }).item(),
    );
    const loss = pinballLoss(variable(output), targets, quantiles).item();
    expectClose([loss], [(want[0]! + want[1]! + want[2]!) / 3], { rtol: 1e-14, atol: 0 });
    const metric = meanPinballLoss({ quantiles });
    metric.update(output.slice([0, 1]), targets.slice([0, 1]));
    metric.update(output.slice([1]), targets.slice([1]));
    expectClose([metric.value], [loss], { rtol: 1e-14, atol: 0 });
  });

  test("the pinball loss has the gradients of small changes", () => {
    const x = variable(output.clone(), { requiresGrad: true });
    pinballLoss(x, targets, quantiles).backward();
    const values = x.value.data as Float64Array;
    gradcheck(() => pinballLoss(x.value, targets, quantiles).item(), [values], [x.grad!.contiguous().data]);
  });

  test("is least for the quantiles of the data", () => {
    const data = rand([1999], { generator, dtype: "float64" });
    const at = (q: number): number =>
      pinballLoss(tensor([[q]], { dtype: "float64" }).expand([1999, 1]), data, [0.9]).item();
    const best = [...data.data].sort((a, b) => a - b)[Math.ceil(0.9 * 1999) - 1]!;
    expect(at(best)).toBeLessThan(at(best - 0.01));
    expect(at(best)).toBeLessThan(at(best + 0.01));
  });

  test("sorting never makes the pinball loss worse", () => {
    const sorted = pinballLoss(sortQuantiles(output), targets, quantiles).item();
    expect(sorted).toBeLessThan(pinballLoss(output, targets, quantiles).item());
  });

  test("a smaller loss is better; which coverage is best, the quantiles say", () => {
    expect(meanPinballLoss({ quantiles }).mode).toBe("min");
    expect(intervalCoverage({ quantiles }).mode).toBeUndefined();
  });

  test("say what does not fit", () => {
    expect(() => pinballLoss(output, targets, [0.9, 0.1])).toThrow(
      "pinballLoss: quantiles must be increasing numbers between 0 and 1, got [0.9, 0.1]",
    );
    expect(() => pinballLoss(output, targets, [0.5])).toThrow(
      "pinballLoss: output of shape [4,5,3] for targets of shape [4,5], expected [4,5,1] with 1 quantiles as the last dimension",
    );
    expect(() => pinballLoss([1] as unknown as typeof output, targets, [0.5])).toThrow(
      "pinballLoss: output must be a Variable or Tensor, got [1]",
    );
    expect(() => intervalCoverage({ quantiles: [] })).toThrow(
      "intervalCoverage: quantiles must be increasing numbers between 0 and 1, got []",
    );
    expect(() => meanPinballLoss(undefined as never)).toThrow(
      "meanPinballLoss: options must be an object, got undefined; options are quantiles",
    );
    expect(() => sortQuantiles([1] as unknown as typeof output)).toThrow(
      "sortQuantiles: output must be a Tensor, got [1]",
    );
  });
});
