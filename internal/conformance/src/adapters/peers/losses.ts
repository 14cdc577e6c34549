import { Variable } from "@rnn/nn";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { toNumbers, toTensor } from "../../tensors.ts";
import { type LossConfig, loss } from "../nn/losses.ts";

interface PeerLossCase {
  /** Name in `torch.nn.functional`. */
  readonly op: string;
  readonly options: LossConfig;
  readonly input: StoredTensor;
  readonly target: StoredTensor;
  readonly weight: StoredTensor | null;
  readonly expected: StoredTensor;
  readonly expected_input_grad?: StoredTensor;
}

/** kind `loss`: the value of a loss, and sometimes the gradient of its input. */
export const peerLossCase: PeerAdapter = peer<PeerLossCase>((c, { judge }) => {
  const input = new Variable(toTensor(c.input), { requiresGrad: c.expected_input_grad !== undefined });
  const weight = c.weight ? toTensor(c.weight) : undefined;
  const value = loss(c.op, { input, target: toTensor(c.target), weight }, c.options) as Variable;
  judge.tensor("loss", toNumbers(value), c.expected);
  if (!c.expected_input_grad) return;
  value.backward();
  if (input.grad) judge.tensor("gradient of input", toNumbers(input.grad), c.expected_input_grad);
  else judge.holds("gradient of input", false, "no gradient", "a tensor");
});
