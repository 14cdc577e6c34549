import { clipGradNorm, clipGradValue } from "@rnn/train";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { toNumbers } from "../../tensors.ts";
import { compareList } from "../outputs.ts";
import { gradientOf, withGradient } from "../train/clip.ts";

interface PeerClipCase {
  readonly op: "clip_grad_value_" | "clip_grad_norm_";
  readonly grads: StoredTensor[];
  readonly clip_value?: number;
  readonly max_norm?: number;
  readonly norm_type?: number;
  readonly expected?: StoredTensor[];
  /** A bound on every element, where the project asserts no numbers. */
  readonly criterion?: { readonly max_le: number };
}

/** kind `clip`. */
export const peerClipCase: PeerAdapter = peer<PeerClipCase>((c, { judge }) => {
  const parameters = c.grads.map(withGradient);
  if (c.op === "clip_grad_value_") clipGradValue(parameters, c.clip_value as number);
  else clipGradNorm(parameters, c.max_norm as number, { normType: c.norm_type });
  const clipped = parameters.map(gradientOf);
  if (c.expected) compareList(judge, "gradient", clipped, c.expected);
  if (!c.criterion) return;
  const largest = Math.max(...clipped.flatMap((gradient) => Array.from(toNumbers(gradient).data)));
  judge.holds("largest element", largest <= c.criterion.max_le, largest, `at most ${c.criterion.max_le}`);
});
