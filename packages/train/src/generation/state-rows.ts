import { indexSelect, type Variable } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { mapState } from "../map-state.ts";

/** What to do about parts that are not `[..., N, size]`. */
export const STATE_ADVICE: string =
  "the parts of a state are [..., N, size]; leave out what does not change, such as the output of an encoder, and let the " +
  "step function close over it";

/** Number of rows N of a state with parts `[..., N, size]`; `null` if it has no such parts. Throws unless they agree. */
export function rowsOf(where: string, state: unknown): number | null {
  const parts: { readonly name: string; readonly shape: readonly number[]; readonly rows: number }[] = [];
  const look = <Part extends Variable | Tensor>(part: Part, path: string): Part => {
    const rows = part.shape.at(-2);
    if (rows !== undefined) parts.push({ name: place(path), shape: part.shape, rows });
    return part;
  };
  mapState(state, look, look);
  const first = parts[0];
  const other = parts.find(({ rows }) => rows !== first?.rows);
  if (first === undefined || other === undefined) return first?.rows ?? null;
  throw new ShapeError(
    `${where}: ${first.name} has shape [${first.shape.join(",")}], N = ${first.rows}, ` +
      `but ${other.name} has shape [${other.shape.join(",")}], N = ${other.rows}; ${STATE_ADVICE}`,
  );
}

/** A state of the same form with these rows. */
export function selectRows<State>(where: string, state: State, rows: readonly number[]): State {
  const index = new Tensor(Int32Array.from(rows), [rows.length]);
  const select = (part: Variable | Tensor, path: string): Variable => {
    if (part.ndim >= 2) return indexSelect(part, part.ndim - 2, index);
    throw new ShapeError(
      `${where}: ${place(path)} has shape [${part.shape.join(",")}], expected [..., N, size]`,
    );
  };
  return mapState(state, select, (part, path) => select(part, path).value);
}

/** A part of a state as error messages print it. */
function place(path: string): string {
  return `state${path === "" || path.startsWith("[") ? path : `.${path}`}`;
}
