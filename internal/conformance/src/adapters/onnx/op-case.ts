import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { NotApplicable } from "../../verdict.ts";
import { compareList } from "../outputs.ts";
import { onnxTolerance } from "../peers/onnx-recurrent.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { networks } from "./networks.ts";
import { Node, type Operator } from "./node.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";

interface OpCase {
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  /** By position; null where an optional one is left out. */
  readonly inputs: (StoredTensor | null)[];
  readonly outputs: StoredTensor[];
}

const operators = new Map<string, Operator>(
  [elementwise, reductions, shapes, indexing, networks].flatMap((group) => Object.entries(group)),
);

/** kind `op`: a node of one ONNX operator. */
export const opCase: PeerAdapter = peer<OpCase>((c, { judge }) => {
  const operator = operators.get(c.op);
  if (!operator) throw new NotApplicable(`the library has no operation like ${c.op}`);
  const results = operator(new Node(c.attrs, c.inputs, c.outputs.length)).slice(0, c.outputs.length);
  const wanted = c.outputs.slice(0, results.length);
  compareList(judge, "output", results, wanted, c.tol ?? onnxTolerance);
});
