import type { Tensor } from "@rnn/tensor";
import { type Context, type GoldenAdapter, golden } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { needOption } from "../../features.ts";
import { need } from "../../library.ts";
import { toNumbers } from "../../tensors.ts";

/** Every case of random.json starts from a seed of the default generator. */
export function seedDefault(seed: number): void {
  need("tensor", "manualSeed")(seed);
}

interface FillConfig {
  readonly seed: number;
  readonly shape: number[];
  readonly dtype?: "float64";
  /** Only the last so many numbers are recorded. */
  readonly tail?: number;
}

/** kinds `rand` and `randn`. */
export const fillCase: GoldenAdapter = golden<FillConfig>((c, context) => {
  const { seed, shape, dtype, tail } = c.config;
  const fill = need("tensor", c.kind);
  seedDefault(seed);
  const drawn: Tensor = fill(shape, { dtype });
  compareDraw(
    context,
    "out",
    tail === undefined ? drawn : need("tensor", "slice")(drawn, [[-tail, null]]),
    c.outputs,
  );
});

/** kind `randperm`. */
export const randpermCase: GoldenAdapter = golden<{ seed: number; n: number }>((c, context) => {
  const randperm = need("tensor", "randperm");
  seedDefault(c.config.seed);
  compareDraw(context, "out", randperm(c.config.n), c.outputs);
});

/** kind `randint`: numbers beyond int32 need a dtype that holds them. */
export const randintCase: GoldenAdapter = golden<{
  seed: number;
  low: number;
  high: number;
  shape: number[];
}>((c, context) => {
  const { seed, low, high, shape } = c.config;
  const randint = need("tensor", "randint");
  const isWide = high > 2 ** 31 || low < -(2 ** 31);
  if (isWide) needOption("randint option dtype for numbers beyond int32", drawsFloat64);
  seedDefault(seed);
  const drawn: Tensor = isWide ? randint(low, high, shape, { dtype: "float64" }) : randint(low, high, shape);
  compareDraw(context, "out", drawn, c.outputs);
});

function drawsFloat64(): boolean {
  return need("tensor", "randint")(0, 2, [1], { dtype: "float64" }).dtype === "float64";
}

/** kind `sequence`: several draws from one generator. */
export const drawSequenceCase: GoldenAdapter = golden<{
  seed: number;
  calls: [name: string, size: number][];
}>((c, context) => {
  const draws = c.config.calls.map(([name, size]) => [need("tensor", name), size] as const);
  seedDefault(c.config.seed);
  draws.forEach(([draw, size], i) => {
    compareDraw(context, `out${i}`, draw(draw === need("tensor", "randperm") ? size : [size]), c.outputs);
  });
});

/** Integers drawn into a float64 tensor are compared as integers. */
function compareDraw(
  { judge }: Context,
  name: string,
  drawn: Tensor,
  wanted: Readonly<Record<string, StoredTensor>>,
): void {
  const want = wanted[name] as StoredTensor;
  const got = toNumbers(drawn);
  const isWideInteger = want.dtype === "int64" && got.dtype === "float64";
  judge.tensor(name, got, isWideInteger ? { ...want, dtype: "float64" } : want);
}
