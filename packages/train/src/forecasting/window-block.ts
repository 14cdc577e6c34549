import { Tensor } from "@rnn/tensor";
import type { Matrix } from "./series.ts";
import type { WindowPlan } from "./window-plan.ts";

/** Steps `from` to `to`, counted from each origin: some variables less their last value, 0 where missing, then covariates. */
export function block(
  plan: WindowPlan,
  origins: readonly number[],
  from: number,
  to: number,
  chosen: readonly number[],
  covariates: Matrix | null = null,
): Tensor {
  const { matrix } = plan;
  return filled(plan, origins, from, to, chosen.length + (covariates?.variables ?? 0), (origin) => {
    const last = chosen.map((v) => lastOf(plan, origin, v));
    return (t, column) => {
      const v = chosen[column];
      if (v === undefined) {
        return covariates!.data[t * covariates!.variables + column - chosen.length]!;
      }
      const value = matrix.data[t * matrix.variables + v]! - last[column]!;
      return Number.isNaN(value) ? 0 : value;
    };
  });
}

/** 1 where a value is there, 0 where it is missing. */
export function observed(
  plan: WindowPlan,
  origins: readonly number[],
  from: number,
  to: number,
  chosen: readonly number[],
): Tensor {
  const { data, variables } = plan.matrix;
  return filled(
    plan,
    origins,
    from,
    to,
    chosen.length,
    () => (t, column) => Number(!Number.isNaN(data[t * variables + chosen[column]!])),
  );
}

/** A tensor `[N, to - from, columns]` of a function of step and column, made for each origin. */
function filled(
  { dtype }: WindowPlan,
  origins: readonly number[],
  from: number,
  to: number,
  columns: number,
  valueFrom: (origin: number) => (t: number, column: number) => number,
): Tensor {
  const size = origins.length * (to - from) * columns;
  const data = dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  let i = 0;
  for (const origin of origins) {
    const value = valueFrom(origin);
    for (let t = origin + from; t < origin + to; t++) {
      for (let column = 0; column < columns; column++) data[i++] = value(t, column);
    }
  }
  return new Tensor(data, [origins.length, to - from, columns]);
}

/** The last observed value of a variable in the history before an origin; 0 if there is none, or nothing is to be subtracted. */
export function lastOf({ matrix, history, subtractLast }: WindowPlan, origin: number, v: number): number {
  if (!subtractLast) return 0;
  for (let t = origin - 1; t >= origin - history; t--) {
    const value = matrix.data[t * matrix.variables + v]!;
    if (!Number.isNaN(value)) return value;
  }
  return 0;
}
