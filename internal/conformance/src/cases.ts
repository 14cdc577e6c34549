import type { Tolerance } from "@internal/testing";

export type { Tolerance };

/** A number in a case file: non-finite numbers are the strings "NaN", "Infinity" and "-Infinity". */
export type StoredNumber = number | boolean | string;

/** A tensor in a case file: flat data in row-major order. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly StoredNumber[];
}

/** Tensors by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>;

/** One case of a golden file; `Config` and `Outputs` depend on the kind. */
export interface GoldenCase<Config = Record<string, unknown>, Outputs = StoredTensors> extends Tolerance {
  readonly name: string;
  readonly kind: string;
  readonly config: Config;
  readonly params: StoredTensors;
  readonly inputs: StoredTensors;
  readonly outputs: Outputs;
  /** Weights of the outputs in the scalar that is differentiated; empty means no gradient is recorded. */
  readonly cotangents: StoredTensors;
  readonly grads: { readonly inputs: StoredTensors; readonly params: StoredTensors };
  /** Present: the call, construction included, must throw. */
  readonly error?: string;
  /** Numbers as printed in the publication a worked example comes from. */
  readonly published?: Readonly<Record<string, unknown>>;
}

/** What all cases taken from other projects share; the rest depends on the kind. */
export interface PeerCase {
  readonly id: string;
  readonly kind: string;
  readonly tol?: Tolerance;
  readonly throws?: boolean;
  readonly not_torch?: string;
}

/**
 * A file in one of the two formats, with the path it is reported under: `golden` is written by
 * `fixtures/golden/generator` (schema 1), `peer` holds cases of other projects (schema "peer-cases/1").
 */
export type CaseFile =
  | {
      readonly path: string;
      readonly format: "golden";
      /** Version of PyTorch that made the numbers. */
      readonly torch: string;
      readonly cases: readonly GoldenCase[];
    }
  | { readonly path: string; readonly format: "peer"; readonly cases: readonly PeerCase[] };
