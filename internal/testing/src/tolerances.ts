/** How far a number may lie from the expected one: |got - want| <= atol + rtol * |want|. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The one tolerance table. A looser number in a test needs a comment that says why. */
export const tolerances: {
  readonly value: { readonly float32: Tolerance; readonly float64: Tolerance };
  readonly gradient: { readonly float32: Tolerance; readonly float64: Tolerance };
} = {
  value: { float32: { rtol: 1e-6, atol: 1e-6 }, float64: { rtol: 1e-15, atol: 1e-15 } },
  gradient: { float32: { rtol: 2e-3, atol: 2e-3 }, float64: { rtol: 1e-5, atol: 1e-5 } },
};
