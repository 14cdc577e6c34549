import { attempt } from "../../accident.ts";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { need } from "../../library.ts";
import { toNumbers, toTensor } from "../../tensors.ts";

/** kind `broadcast_shapes`. */
export const broadcastShapesCase: PeerAdapter = peer<{ shapes: number[][]; expected?: number[] }>(
  (c, { judge }) => {
    const broadcastShapes = need("tensor", "broadcastShapes");
    const { value, error } = attempt(() => broadcastShapes(...c.shapes));
    if (c.throws) judge.holds("broadcastShapes", error !== undefined, value, "an error");
    else judge.same("shape", error ? error.message : [...value], c.expected);
  },
);

/** kind `broadcast_to`. */
export const broadcastToCase: PeerAdapter = peer<{
  input: StoredTensor;
  shape: number[];
  expected?: StoredTensor;
}>((c, { judge }) => {
  const broadcastTo = need("tensor", "broadcastTo");
  const input = toTensor(c.input);
  const { value, error } = attempt(() => broadcastTo(input, c.shape));
  if (c.throws) judge.holds("broadcastTo", error !== undefined, value, "an error");
  else if (error || !c.expected) judge.holds("broadcastTo", false, error?.message, "a tensor");
  // NumPy made some expected values from Python lists, so only the numbers and the shape count
  else judge.tensor("result", toNumbers(value), { ...c.expected, dtype: c.input.dtype });
});
