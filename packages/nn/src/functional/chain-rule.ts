import { type Tensor, zeros } from "@rnn/tensor";

/** `dy * slope(saved)`, element by element in one pass; `saved` is contiguous and has the shape of `dy`. */
export function chainRule(dy: Tensor, saved: Tensor, slope: (value: number) => number): Tensor {
  const { data, offset } = dy.contiguous();
  const dx = zeros(dy.shape, { dtype: dy.dtype });
  for (let i = 0; i < dx.size; i++) dx.data[i] = data[offset + i]! * slope(saved.data[saved.offset + i]!);
  return dx;
}
