import type { Tensor } from "@rnn/tensor";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor, Tolerance } from "../../cases.ts";
import { toParameter, toTensor } from "../../tensors.ts";
import { NotApplicable } from "../../verdict.ts";
import { compareList } from "../outputs.ts";
import { makeOptimizer, type Optimizer, type OptimizerOptions } from "../train/optimizers.ts";

interface OnnxOptimizerCase {
  /** The same update in PyTorch's terms; absent where there is none. */
  readonly torch?: {
    readonly optimizer: { readonly type: string } & OptimizerOptions;
    readonly params: StoredTensor[];
    readonly grads: StoredTensor[];
    /** Buffers before the update, by PyTorch's names, one tensor per parameter. */
    readonly preset_state: Readonly<Record<string, StoredTensor[]>>;
    readonly step_before: number;
    readonly expected_params: StoredTensor[];
    readonly expected_state: Readonly<Record<string, StoredTensor[]>>;
    readonly tol: Tolerance;
  };
}

interface SavedState {
  readonly steps: readonly number[];
  readonly tensors: ReadonlyMap<string, Tensor>;
}

interface RestorableOptimizer extends Optimizer {
  stateDict(): SavedState;
  loadStateDict(state: SavedState): void;
}

/** kind `onnx_optimizer`: one update from a given state, and the state after it. */
export const onnxOptimizerCase: PeerAdapter = peer<OnnxOptimizerCase>(
  ({ torch, not_torch = "no such optimizer" }, { judge }) => {
    if (!torch) throw new NotApplicable(`@rnn/train has PyTorch's optimizers: ${not_torch}`);
    const parameters = torch.params.map(toParameter);
    const { type, ...options } = torch.optimizer;
    const optimizer = makeOptimizer(type, parameters, options) as RestorableOptimizer;
    const steps = parameters.map(() => torch.step_before);
    optimizer.loadStateDict({ ...optimizer.stateDict(), steps, tensors: buffers(torch.preset_state) });
    parameters.forEach((parameter, i) => {
      parameter.grad = toTensor(torch.grads[i] as StoredTensor);
    });
    optimizer.step();
    compareList(judge, "parameter", parameters, torch.expected_params, torch.tol);
    const after = optimizer.stateDict().tensors;
    for (const [name, wanted] of Object.entries(torch.expected_state)) {
      const found = parameters.map((_, i) => after.get(`${i}.${name}`));
      compareList(judge, name, found, wanted, torch.tol);
    }
  },
);

/** Keys as saved states have them: position of the parameter, name of the buffer. */
function buffers(state: Readonly<Record<string, StoredTensor[]>>): Map<string, Tensor> {
  const entries = Object.entries(state).flatMap(([name, tensors]) =>
    tensors.map((tensor, i): [string, Tensor] => [`${i}.${name}`, toTensor(tensor)]),
  );
  return new Map(entries);
}
