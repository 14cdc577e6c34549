import { Variable } from "@rnn/nn";

/** A state of the same form with every variable replaced by what `change` makes of it. */
export function mapState<State>(state: State, change: (variable: Variable) => Variable): State {
  return mapped(state, change) as State;
}

function mapped(state: unknown, change: (variable: Variable) => Variable): unknown {
  if (state instanceof Variable) return change(state);
  if (Array.isArray(state)) return state.map((part) => mapped(part, change));
  if (isPlainObject(state)) {
    return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, mapped(part, change)]));
  }
  return state;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
