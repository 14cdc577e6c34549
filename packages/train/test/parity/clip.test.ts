import { Parameter } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import { clipGradNorm, clipGradValue } from "@rnn/train";
import { describe, test } from "vitest";
import { casesOf, expectOutput, load } from "./cases.ts";

interface ClipConfig {
  readonly max_norm: number;
  readonly norm_type: number | "inf";
  readonly clip_value: number;
}

describe("clipping agrees with torch.nn.utils", () => {
  test.each(casesOf<ClipConfig>("clip"))("$name", (testCase) => {
    const { config, inputs, kind } = testCase;
    const parameters = Object.values(inputs).map((stored) => {
      const parameter = new Parameter(zeros(stored.shape));
      parameter.grad = load(stored);
      return parameter;
    });
    if (kind === "clip_grad_norm_") {
      const normType = config.norm_type === "inf" ? Number.POSITIVE_INFINITY : config.norm_type;
      expectOutput(testCase, "total_norm", [clipGradNorm(parameters, config.max_norm, { normType })]);
    } else {
      clipGradValue(parameters, config.clip_value);
    }
    Object.keys(inputs).forEach((name, position) => {
      expectOutput(testCase, name, parameters[position]!.grad!);
    });
  });
});
