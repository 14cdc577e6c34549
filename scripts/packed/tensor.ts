import { backend, manualSeed, rand, type Tensor, tensor } from "@rnn/tensor";

const product: Tensor = tensor([
  [1, 2],
  [3, 4],
])
  .matmul(tensor([[1], [1]]))
  .add(0.5);
if (product.shape.join() !== "2,1" || product.toArray().toString() !== "3.5,7.5")
  throw new Error(`got ${product}`);
manualSeed(0);
// large enough for the SIMD kernel; every row of ones sums the other operand's columns
const n = 96;
const square = rand([n, n]);
const difference = square
  .matmul(rand([n, n]))
  .sub(square)
  .abs()
  .max();
if (!Number.isFinite(difference.item())) throw new Error(`${backend()} product is not finite`);

// what must not compile, with any TypeScript that is promised
export function mistakes(): void {
  // @ts-expect-error: not a dtype
  tensor([1], { dtype: "float16" });
  // @ts-expect-error: dimensions are an option
  square.sum(0);
}
