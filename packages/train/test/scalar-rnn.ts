import { cat, Parameter, type Variable, variable } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import type { SequenceProblem } from "@rnn/train";

/** Inputs of the scalar network, any length. */
export const input = (t: number): number => Math.sin(1.7 * t + 0.3);
/** What its state should be. */
export const target = (t: number): number => 0.5 * Math.cos(0.9 * t);

/** One call of `forward`, and the state it was given. */
export interface Call {
  readonly start: number;
  readonly end: number;
  readonly state: Variable | undefined;
}

/**
 * The smallest recurrent network, h_t = tanh(w h_(t-1) + u x_t), in float64, with L_t = (h_t - y_t)² / 2 at every step.
 * It records how it was called.
 */
export class ScalarRNN {
  readonly w: Parameter = new Parameter(tensor(0.8, { dtype: "float64" }));
  readonly u: Parameter = new Parameter(tensor(0.6, { dtype: "float64" }));
  readonly calls: Call[] = [];
  readonly lossSteps: number[] = [];

  problem(length: number, state?: Variable): SequenceProblem<Variable> {
    return {
      length,
      state,
      forward: (start, end, before) => {
        this.calls.push({ start, end, state: before });
        let h = before ?? variable(tensor(0, { dtype: "float64" }));
        const states: Variable[] = [];
        for (let t = start; t < end; t++) {
          h = this.w
            .mul(h)
            .add(this.u.mul(input(t)))
            .tanh();
          states.push(h.unsqueeze(0));
        }
        return { output: cat(states), state: h };
      },
      loss: (output, start, end) => {
        const wanted = Array.from({ length: end - start }, (_, i) => target(start + i));
        for (let t = start; t < end; t++) this.lossSteps.push(t);
        return output
          .sub(tensor(wanted, { dtype: "float64" }))
          .pow(2)
          .sum()
          .div(2);
      },
    };
  }

  get gradient(): [number, number] {
    return [this.w.grad?.item() ?? 0, this.u.grad?.item() ?? 0];
  }

  clearGradient(): void {
    this.w.grad = null;
    this.u.grad = null;
  }
}

/** States h_0..h_(L-1) in plain numbers. */
export function statesOf(length: number, w: number, u: number, initial = 0): number[] {
  const states: number[] = [];
  for (let t = 0; t < length; t++) states.push(Math.tanh(w * (states[t - 1] ?? initial) + u * input(t)));
  return states;
}

/**
 * [dL/dw, dL/du] from the definition: Σ_t dL_t/dh_t Σ_k (dh_t/dh_k) dh_k/dw, where k goes back to the window's first
 * step `from(t)` and dh_t/dh_k is the product of the steps between.
 */
export function gradientByDefinition(
  length: number,
  w: number,
  u: number,
  from: (t: number) => number,
  lossSteps: (t: number) => boolean = () => true,
): [number, number] {
  const h = statesOf(length, w, u);
  let [dw, du] = [0, 0];
  for (let t = 0; t < length; t++) {
    if (!lossSteps(t)) continue;
    for (let k = from(t); k <= t; k++) {
      let product = h[t]! - target(t);
      for (let j = k + 1; j <= t; j++) product *= w * (1 - h[j]! ** 2);
      dw += product * (1 - h[k]! ** 2) * (h[k - 1] ?? 0);
      du += product * (1 - h[k]! ** 2) * input(k);
    }
  }
  return [dw, du];
}
