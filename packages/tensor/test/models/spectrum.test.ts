import { expectClose } from "@internal/testing";
import {
  eye,
  Generator,
  norm,
  randn,
  singularValues,
  spectralNorm,
  spectralRadius,
  type Tensor,
  tensor,
  zeros,
} from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements } from "./naive.ts";

/** Matrices cos(k i + 1), i counting the elements, with what numpy.linalg.svd and eigvals of NumPy 2.4.6 give for them. */
const byNumPy: readonly { m: number; n: number; k: number; values: number[]; radius: number | null }[] = [
  { m: 5, n: 3, k: 1, values: [2.611578863259966, 0.5564321620024968, 1.1670025256981632e-16], radius: null },
  {
    m: 3,
    n: 5,
    k: 1,
    values: [1.9510120159077904, 1.8230504720715792, 1.2619819064524157e-16],
    radius: null,
  },
  {
    m: 6,
    n: 6,
    k: 0.7,
    values: [
      3.3258079508573104, 2.636199035923892, 1.4015165461515215e-15, 8.802341383315999e-16,
      7.789902287566359e-16, 2.8628628614644114e-16,
    ],
    radius: 0.67034835313535,
  },
  {
    m: 8,
    n: 4,
    k: 2.3,
    values: [3.5855613078343604, 1.8634736035301607, 6.5737244511202715e-15, 1.0809170652264372e-15],
    radius: null,
  },
  { m: 1, n: 4, k: 1, values: [1.3683712572673759], radius: null },
  {
    m: 4,
    n: 4,
    k: 1,
    values: [2.2558728827067744, 1.7199157326039176, 2.9377457619534703e-16, 4.2366743595131874e-17],
    radius: 0.4323903119654933,
  },
  {
    m: 7,
    n: 7,
    k: 1.3,
    values: [
      4.058634592868123, 2.8334668508401015, 2.4474242191678344e-15, 2.3720604923902344e-15,
      1.7295040933915598e-15, 8.362753806650643e-16, 3.914933298571985e-16,
    ],
    radius: 0.8481144105239866,
  },
  {
    m: 10,
    n: 10,
    k: 0.9,
    values: [
      5.368669551447188, 4.539466633995303, 1.1118941328525804e-14, 6.677318947103245e-15,
      2.8266346435767252e-15, 2.0534135009902253e-15, 1.6930920132049956e-15, 6.056899659738996e-16,
      8.849383191819807e-17, 2.6218075382427098e-17,
    ],
    radius: 0.28664878811161376,
  },
];

function cosines(m: number, n: number, k: number): Tensor {
  return tensor(
    Float64Array.from({ length: m * n }, (_, i) => Math.cos(k * i + 1)),
    { shape: [m, n] },
  );
}

const side = fc.integer({ min: 1, max: 7 });

/** Normal random numbers, as seen transposed or backwards. */
const matrices: fc.Arbitrary<Tensor> = fc.tuple(side, side, fc.nat(), fc.nat(2)).map(([m, n, seed, view]) => {
  const x = randn([m, n], { dtype: "float64", generator: new Generator(seed) });
  return view === 0 ? x : view === 1 ? x.transpose(0, 1) : x.flip([0, 1]);
});

/** A random matrix with orthonormal columns, by Gram and Schmidt. */
function orthogonal(n: number, generator: Generator): Tensor {
  const columns: number[][] = [];
  while (columns.length < n) {
    const v = elements(randn([n], { dtype: "float64", generator }));
    for (let pass = 0; pass < 2; pass++) {
      for (const u of columns) {
        const along = v.reduce((sum, value, i) => sum + value * u[i]!, 0);
        u.forEach((value, i) => {
          v[i]! -= along * value;
        });
      }
    }
    const length = Math.hypot(...v);
    columns.push(v.map((value) => value / length));
  }
  return tensor(columns, { dtype: "float64" }).transpose(0, 1);
}

describe("singularValues", () => {
  test.each(byNumPy)("$m x $n agrees with NumPy", ({ m, n, k, values }) => {
    const largest = values[0]!;
    // NumPy promises the rounding of the largest for all of them
    expectClose(singularValues(cosines(m, n, k)).data, values, { rtol: 0, atol: 1e-14 * largest });
  });

  test("finds the factors that a matrix was made of, tiny ones and equal ones too", () => {
    const factors = fc.array(fc.constantFrom(1e8, 3, 2, 2, 1, 1e-3), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(factors, fc.nat(), (list, seed) => {
        const generator = new Generator(seed);
        const n = list.length;
        const stretched = orthogonal(n, generator).mul(tensor(list, { dtype: "float64" }));
        const x = stretched.matmul(orthogonal(n, generator).transpose(0, 1));
        const want = [...list].sort((a, b) => b - a);
        // the products that make the matrix round at the size of the largest
        expectClose(singularValues(x).data, want, { rtol: 1e-13, atol: 1e-14 * want[0]! });
      }),
    );
  });

  test("their squares add up to those of the elements; transposing changes nothing", () => {
    fc.assert(
      fc.property(matrices, (x) => {
        const values = singularValues(x);
        expect(values.shape).toEqual([Math.min(...x.shape)]);
        expectClose([norm(values).item()], [norm(x).item()], { rtol: 1e-14, atol: 0 });
        expectClose(singularValues(x.transpose(0, 1)).data, values.data, { rtol: 1e-12, atol: 1e-14 });
        expect(elements(values)).toEqual([...elements(values)].sort((a, b) => b - a));
      }),
    );
  });

  test("small values of graded matrices keep their digits", () => {
    const x = tensor(
      [
        [1, 1e-9],
        [0, 1e-9],
      ],
      { dtype: "float64" },
    );
    const [large, small] = elements(singularValues(x)) as [number, number];
    // their product is the determinant
    expectClose([large * small], [1e-9], { rtol: 1e-14, atol: 0 });
  });

  test("neither over- nor underflow, and are zero for zeros", () => {
    for (const scale of [1e300, 1e-300]) {
      const x = tensor(
        [
          [3, 0],
          [0, 4],
        ],
        { dtype: "float64" },
      ).mul(scale);
      expectClose(singularValues(x).data, [4 * scale, 3 * scale], { rtol: 1e-15, atol: 0 });
    }
    expect(singularValues(zeros([2, 3])).toArray()).toEqual([0, 0]);
    expect(singularValues(zeros([0, 3])).shape).toEqual([0]);
    expect(singularValues(zeros([2, 0, 3])).shape).toEqual([2, 0]);
  });

  test("of a batch are those of each; the dtype stays a float", () => {
    const batch = randn([2, 3, 4, 2], { dtype: "float64" });
    const values = singularValues(batch);
    expect(values.shape).toEqual([2, 3, 2]);
    expect(elements(values.slice(1, 2))).toEqual(elements(singularValues(batch.slice(1, 2))));
    expect(singularValues(eye(2)).dtype).toBe("float32");
    expect(singularValues(eye(2, 2, { dtype: "int32" })).dtype).toBe("float32");
  });
});

describe("spectralNorm", () => {
  test("is the largest factor that a matrix was made of, approached from below", () => {
    const factors = fc.array(fc.constantFrom(5, 3, 2, 1, 0), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(factors, fc.nat(), (list, seed) => {
        const generator = new Generator(seed);
        const n = list.length;
        const stretched = orthogonal(n, generator).mul(tensor(list, { dtype: "float64" }));
        const x = stretched.matmul(orthogonal(n, generator).transpose(0, 1));
        const largest = Math.max(...list);
        // with factors a fifth apart at least, the tolerance leaves less than itself
        expectClose([spectralNorm(x)], [largest], { rtol: 1e-9, atol: 1e-14 });
        expect(spectralNorm(x, { maxIterations: 1 })).toBeLessThanOrEqual(largest * (1 + 1e-14));
      }),
    );
  });

  test("finds a block that the longest row is not part of", () => {
    const x = tensor([
      [3, 0, 0],
      [0, 2, 2],
      [0, 2, 2],
    ]);
    expect(spectralNorm(x)).toBeCloseTo(4, 9);
  });

  test("equal values, zeros, nothing, and very large numbers", () => {
    expect(spectralNorm(eye(5))).toBeCloseTo(1, 12);
    expect(spectralNorm(zeros([3, 3]))).toBe(0);
    expect(spectralNorm(zeros([0, 3]))).toBe(0);
    expect(spectralNorm(tensor([[1e300, 1e300]], { dtype: "float64" })) / 1e300).toBeCloseTo(Math.SQRT2, 9);
  });
});

describe("spectralRadius", () => {
  const squares = byNumPy.filter((c) => c.radius !== null);

  test.each(squares)("$m x $n agrees with NumPy", ({ m, n, k, radius }) => {
    // eigenvalues of these matrices are a little less certain than their elements
    expectClose([spectralRadius(cosines(m, n, k))], [radius!], { rtol: 1e-12, atol: 0 });
  });

  test("of complex pairs, triangles and powers", () => {
    const turn = [
      [Math.cos(1), -Math.sin(1)],
      [Math.sin(1), Math.cos(1)],
    ];
    expect(spectralRadius(tensor(turn, { dtype: "float64" }).mul(0.9))).toBeCloseTo(0.9, 13);
    expect(
      spectralRadius(
        tensor([
          [2, 5, 7],
          [0, -3, 1],
          [0, 0, 1],
        ]),
      ),
    ).toBeCloseTo(3, 12);
    // one eigenvalue twice, with a single direction: the limit is approached slowly
    expect(
      spectralRadius(
        tensor([
          [0.5, 1],
          [0, 0.5],
        ]),
      ),
    ).toBeCloseTo(0.5, 12);
    expect(
      spectralRadius(
        tensor([
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toBe(0);
    expect(spectralRadius(zeros([2, 2]))).toBe(0);
    expect(spectralRadius(zeros([0, 0]))).toBe(0);
    expect(spectralRadius(tensor([[1e200]], { dtype: "float64" })) / 1e200).toBeCloseTo(1, 12);
  });

  test("is at most the spectral norm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(), (n, seed) => {
        const x = randn([n, n], { dtype: "float64", generator: new Generator(seed) });
        expect(spectralRadius(x)).toBeLessThanOrEqual(singularValues(x).data[0]! * (1 + 1e-12));
      }),
    );
  });
});
