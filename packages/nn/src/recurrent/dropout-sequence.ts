import { type Tensor, zeros } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { during } from "../autograd/watch.ts";
import type { FloatDType } from "../dtype.ts";
import { cat } from "../functional/cat.ts";
import { mul } from "../functional/mul.ts";
import { slice } from "../functional/slice.ts";
import { stack } from "../functional/stack.ts";
import { unbind } from "../functional/unbind.ts";
import type { CellState, CellWeights, RecurrentCell, SequenceResult } from "./cell.ts";
import type { Timeline } from "./timeline.ts";

/**
 * One layer in one direction with recurrent dropout: its products read `h` times the same mask at every step.
 *
 * Goes step by step: the definition that fused sequences are compared with. Only what the products read is dropped, so
 * neither the cell state of an LSTM nor the part of h that a GRU keeps fades or grows with the number of steps.
 *
 * @param dropoutMask - `[N, P]`, rows in the order of the timeline: 0 where a unit is dropped, 1 / (1 - p) where it is kept
 */
export function dropoutSequence<State extends CellState>(
  cell: RecurrentCell<State>,
  x: Variable,
  state: State,
  weights: CellWeights,
  timeline: Timeline,
  dropoutMask: Tensor,
): SequenceResult<State> {
  const { length: L, batch: N } = timeline;
  if (N === 0) return cell.sequence(x, state, weights, timeline);
  const inputs = during({ step: "of result" }, () => unbind(x, 0));
  const outputs = new Array<Variable>(L);
  timeline.forward((at, _before, _after, rows) => {
    const t = at / N;
    const before = mapParts(state, (part) => firstRows(part, rows));
    const next = during({ step: t }, () => {
      const masked = mul(before.h!, dropoutMask.slice([0, rows]));
      return cell.step(firstRows(inputs[t]!, rows), before, weights, masked);
    });
    outputs[t] = zerosBelow(next.h!, N);
    state = mapParts(state, (part, name) =>
      rows === N ? next[name]! : cat([next[name]!, lastRows(part, rows)], 0),
    );
  });
  return { output: stack(outputs, 0), state };
}

function mapParts<State extends CellState>(
  state: State,
  map: (part: Variable, name: string) => Variable,
): State {
  return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, map(part, name)])) as State;
}

function firstRows(x: Variable, rows: number): Variable {
  return rows === x.shape[0] ? x : slice(x, [[0, rows]]);
}

function lastRows(x: Variable, from: number): Variable {
  return slice(x, [[from, x.shape[0]!]]);
}

/** `x` `[rows, size]` with zeros below, up to `N` rows. */
function zerosBelow(x: Variable, N: number): Variable {
  const [rows, size] = x.shape as [number, number];
  return rows === N ? x : cat([x, zeros([N - rows, size], { dtype: x.dtype as FloatDType })], 0);
}
