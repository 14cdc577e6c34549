import { Variable } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";

/** What becomes of a part of a state; `path` says which one it is: `"h"`, `"layers[0].c"`, or `""` if it is the state itself. */
type Change<Part> = (part: Part, path: string) => Part;

/** What becomes of variables, and of tensors among them. */
interface Changes {
  readonly variable: Change<Variable>;
  readonly tensor: Change<Tensor>;
}

type Parts = Readonly<Record<string, unknown>>;

/** A state of the same form with every variable, and every tensor if that is said, replaced by what is made of it. */
export function mapState<State>(
  state: State,
  variable: Change<Variable>,
  tensor: Change<Tensor> = (part) => part,
): State {
  return mapped(state, { variable, tensor }, "") as State;
}

function mapped(state: unknown, change: Changes, path: string): unknown {
  if (state instanceof Variable) return change.variable(state, path);
  if (state instanceof Tensor) return change.tensor(state, path);
  if (Array.isArray(state)) return state.map((part, k) => mapped(part, change, `${path}[${k}]`));
  if (isLayerState(state)) return state._with(mappedParts(state, change, path));
  return isPlainObject(state) ? mappedParts(state, change, path) : state;
}

function mappedParts(parts: object, change: Changes, path: string): Parts {
  const under = path === "" ? "" : `${path}.`;
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, mapped(part, change, under + name)]),
  );
}

/** Whether it is what a recurrent layer returned, which has `layer(i)` beside its parts. */
function isLayerState(value: unknown): value is { _with(parts: Parts): unknown } {
  return typeof (value as { _with?: unknown } | null | undefined)?._with === "function";
}

function isPlainObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
