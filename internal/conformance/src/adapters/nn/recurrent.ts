import { add, cat, slice, type Variable } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { toOperands, toTensors, type Value } from "../../tensors.ts";
import { NotApplicable } from "../../verdict.ts";
import { compare } from "../differentiate.ts";
import { initialState, parametersByName, type RecurrentConfig, recurrentLayer } from "./recurrent-layers.ts";

interface PackedConfig extends RecurrentConfig {
  /** Variable lengths in batch order; the reference packs the input and pads the output again. */
  readonly lengths?: number[];
  readonly padding_value?: number;
  readonly total_length?: number;
}

/** kinds `RNN`, `LSTM`, `GRU`: a layer over a sequence, and every gradient. */
export const recurrentCase: GoldenAdapter = golden<PackedConfig>((c, context) => {
  const { lengths } = c.config;
  if (c.error !== undefined && lengths?.includes(0)) throw new NotApplicable("zero lengths are legal here");
  const layer = recurrentLayer(c.kind, c.config, toTensors(c.params));
  const inputs = toOperands(c.inputs, c.grads.inputs);
  const { input, h0, c0 } = inputs;
  const { output, state } = layer.forward(input as Value, { state: initialState(h0, c0), lengths });
  const outputs = {
    output: lengths ? padOutput(output, lengths, c.config) : output,
    h_n: state.h,
    ...(state.c ? { c_n: state.c } : {}),
  };
  compare(c, context, { outputs, inputs, params: parametersByName(layer) });
});

/**
 * The output as `pad_packed_sequence` gives it: `total_length` steps, and `padding_value` past each end.
 *
 * The layer gives zeros there, so padding is adding a constant; that way a gradient that leaked out of the padding
 * would show.
 */
function padOutput(
  output: Variable,
  lengths: readonly number[],
  { batch_first = false, padding_value = 0, total_length }: PackedConfig,
): Variable {
  const time = batch_first ? 1 : 0;
  const steps = output.shape[time] as number;
  const wanted = total_length ?? Math.max(...lengths);
  const shape = output.shape.map((extent, d) => (d === time ? Math.max(0, wanted - steps) : extent));
  const longer = cat([output, new Tensor(new Float32Array(shape.reduce((a, b) => a * b)), shape)], time);
  const resized = slice(longer, time === 1 ? [null, [0, wanted]] : [[0, wanted]]);
  return add(resized, paddingConstant(resized.shape, lengths, time, padding_value));
}

/** `value` past each row's length and zero before it. */
function paddingConstant(
  shape: readonly number[],
  lengths: readonly number[],
  time: 0 | 1,
  value: number,
): Tensor {
  const [rows, columns, features] = shape as [number, number, number];
  const data = new Float32Array(rows * columns * features);
  for (let r = 0; r < rows; r++)
    for (let k = 0; k < columns; k++) {
      const [step, row] = time === 1 ? [k, r] : [r, k];
      const start = (r * columns + k) * features;
      if (step >= (lengths[row] as number)) data.fill(value, start, start + features);
    }
  return new Tensor(data, shape);
}
