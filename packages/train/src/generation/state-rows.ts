import { indexSelect, type Variable } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { mapState } from "../map-state.ts";

/** Number of rows N of a state with parts `[..., N, size]`; `null` if it has no such parts. */
export function rowsOf(state: unknown): number | null {
  let rows: number | null = null;
  const look = <Part extends Variable | Tensor>(part: Part): Part => {
    rows ??= part.shape.at(-2) ?? null;
    return part;
  };
  mapState(state, look, look);
  return rows;
}

/** A state of the same form with these rows. */
export function selectRows<State>(where: string, state: State, rows: readonly number[]): State {
  const index = new Tensor(Int32Array.from(rows), [rows.length]);
  const select = (part: Variable | Tensor, path: string): Variable => {
    if (part.ndim >= 2) return indexSelect(part, part.ndim - 2, index);
    const place = `state${path === "" || path.startsWith("[") ? path : `.${path}`}`;
    throw new ShapeError(`${where}: ${place} has shape [${part.shape.join(",")}], expected [..., N, size]`);
  };
  return mapState(state, select, (part, path) => select(part, path).value);
}
