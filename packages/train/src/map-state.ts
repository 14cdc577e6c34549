import { Variable } from "@rnn/nn";

/** What becomes of a variable of a state; `path` says which one it is: `"h"`, `"layers[0].c"`, or `""` if it is the state itself. */
type Change = (variable: Variable, path: string) => Variable;

/** A state of the same form with every variable replaced by what `change` makes of it. */
export function mapState<State>(state: State, change: Change): State {
  return mapped(state, change, "") as State;
}

function mapped(state: unknown, change: Change, path: string): unknown {
  if (state instanceof Variable) return change(state, path);
  if (Array.isArray(state)) return state.map((part, k) => mapped(part, change, `${path}[${k}]`));
  if (isPlainObject(state)) {
    const under = path === "" ? "" : `${path}.`;
    return Object.fromEntries(
      Object.entries(state).map(([name, part]) => [name, mapped(part, change, under + name)]),
    );
  }
  return state;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
