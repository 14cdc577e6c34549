import { gradcheck } from "@internal/testing";
import { noGrad, Variable } from "@rnn/nn";
import { type Tensor, tensor } from "@rnn/tensor";

/** A function of variables, and the shapes of those to check it with. */
export type GradientCase = [(...x: Variable[]) => Variable | Variable[], Shapes];

export type Shapes = readonly (readonly number[])[];

/** Float64 leaves of the given shapes, filled by formula: in 0.5..2.5 so that log, sqrt and pow are defined. */
function leaves(shapes: Shapes): Variable[] {
  let n = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, k) => product * k, 1);
    const data = Float64Array.from({ length: size }, () => 1.5 + Math.cos(1.7 * n++));
    return new Variable(tensor(data, { shape }), { requiresGrad: true });
  });
}

/** Compares the gradients of `sum(f(x…) * w)`, with weights `w` by formula, with central differences. */
export function checkGradients(f: GradientCase[0], shapes: Shapes): void {
  const xs = leaves(shapes);
  const loss = (): Variable => {
    const y = f(...xs);
    let total: Variable | null = null;
    for (const part of y instanceof Variable ? [y] : y) {
      const w = Float64Array.from({ length: part.size }, (_, i) => Math.sin(2 + i));
      const term = part.mul(tensor(w, { shape: part.shape })).sum();
      total = total === null ? term : total.add(term);
    }
    return total as Variable;
  };
  loss().backward();
  const analytic = xs.map((x) => (x.grad as Tensor).data as Float64Array);
  gradcheck(
    () => noGrad(() => loss().item()),
    xs.map((x) => x.value.data as Float64Array),
    analytic,
  );
}

export const ids = (values: number[], shape?: number[]): Tensor => tensor(values, { dtype: "int32", shape });
