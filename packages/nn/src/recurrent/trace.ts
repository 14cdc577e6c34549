import { Tensor } from "@rnn/tensor";
import { noGrad } from "../autograd/no-grad.ts";
import { Variable } from "../autograd/variable.ts";
import { reshape } from "../functional/reshape.ts";
import { floatsOf } from "../memory/float-data.ts";
import type { CellState, CellWeights, RecurrentCell, SequenceResult, StepValues } from "./cell.ts";
import { type BatchLayout, fromTimeMajor } from "./layout.ts";
import type { Timeline } from "./timeline.ts";

/** One layer in one direction, run over a sequence. */
export interface DirectionRun<State extends CellState> extends SequenceResult<State> {
  /** `[L, N, I]`. */
  readonly x: Variable;
  readonly start: State;
  readonly weights: CellWeights;
  readonly timeline: Timeline;
  /** Of a recurrent dropout, `[N, P]`. */
  readonly dropoutMask: Tensor | null;
}

/**
 * `h` and everything inside every step of a run, in the user's layout.
 *
 * Once all states are known the gates of all steps are one product, so they are computed from the definition
 * afterwards: the fused sequence keeps nothing for it.
 */
export function traceOf<State extends CellState>(
  cell: RecurrentCell<State>,
  { x, start, weights, timeline, dropoutMask, output }: DirectionRun<State>,
  layout: BatchLayout,
): StepValues {
  const rows = timeline.length * timeline.batch;
  return noGrad(() => {
    const parts = cell.trace({
      x: reshape(x, [rows, x.shape[2]!]),
      previous: maskedRows(previousHidden(start.h!.value, output.value, timeline), dropoutMask, timeline),
      state: start,
      weights,
      timeline,
    });
    const values: Record<string, Tensor> = { h: output.value, ...parts };
    for (const name in values) values[name] = fromTimeMajor(new Variable(values[name]!), layout).value;
    return values;
  });
}

/** Values of all steps, `[L * N, H]` each, as `[L, N, H]`: zero where a row is past its end. */
export function stepValues(values: Readonly<Record<string, Variable>>, timeline: Timeline): StepValues {
  const { length, batch } = timeline;
  const byName: Record<string, Tensor> = {};
  for (const name in values) {
    const width = values[name]!.shape[1]!;
    const matrix = floatsOf(values[name]!.value);
    timeline.clearPastEnd(matrix, width);
    byName[name] = new Tensor(matrix, [length, batch, width]);
  }
  return byName;
}

/** The `h` before each step, `[L, N, P]`, from the initial one and the `h` of every step. */
function previousHidden(h0: Tensor, output: Tensor, timeline: Timeline): Tensor {
  const P = h0.shape[1]!;
  const steps = floatsOf(output);
  const h = timeline.slots(floatsOf(h0), P);
  timeline.forward((at, before, after, rows) => {
    h.set(steps.subarray(at * P, (at + rows) * P), after * P);
    timeline.keep(h, P, before, after, rows);
  });
  return new Tensor(timeline.previous(h, P), [timeline.length, timeline.batch, P]);
}

/** `h` `[L, N, P]` times the mask of a recurrent dropout, as rows `[L * N, P]`. */
function maskedRows(h: Tensor, dropoutMask: Tensor | null, { length, batch }: Timeline): Variable {
  return new Variable((dropoutMask === null ? h : h.mul(dropoutMask)).reshape([length * batch, h.shape[2]!]));
}
