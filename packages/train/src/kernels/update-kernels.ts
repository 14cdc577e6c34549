import type { SimdKernels } from "@rnn/tensor";
import { adagradModule, adamModule, gradientsModule, rmspropModule, sgdModule } from "./wasm-module.ts";

// The update loops of optimizers and the scaling of gradients: the kernels of assembly/, where they are documented, in the
// memory of `simd`. Parameters, gradients and buffers are float32; all arithmetic is float64, and what is stored is rounded
// once: results are bit for bit those of the plain loops. Counts are rounded up to whole vectors.
//
// Each module is a constant of its own, so that a program holds those of the optimizers that it uses.

/** sgd.ts */
export interface SGDKernels {
  sgd(count: number, w: number, dw: number, sign: number, decay: number, rate: number): void;
  momentum(
    count: number,
    w: number,
    dw: number,
    v: number,
    sign: number,
    decay: number,
    rate: number,
    keep: number,
    take: number,
    ahead: number,
  ): void;
}

export function sgdKernels(simd: SimdKernels): SGDKernels {
  return simd.instantiate(sgdModule) as SGDKernels;
}

/** adam.ts */
export interface AdamKernels {
  adam(
    count: number,
    w: number,
    dw: number,
    m: number,
    v: number,
    largest: number,
    sign: number,
    decay: number,
    keepM: number,
    takeM: number,
    keepV: number,
    takeV: number,
    root: number,
    eps: number,
    stepSize: number,
    shrink: number,
  ): void;
}

export function adamKernels(simd: SimdKernels): AdamKernels {
  return simd.instantiate(adamModule) as AdamKernels;
}

/** rmsprop.ts */
export interface RMSpropKernels {
  rmsprop(
    count: number,
    w: number,
    dw: number,
    square: number,
    mean: number,
    velocity: number,
    sign: number,
    decay: number,
    keep: number,
    take: number,
    momentum: number,
    rate: number,
    eps: number,
  ): void;
}

export function rmspropKernels(simd: SimdKernels): RMSpropKernels {
  return simd.instantiate(rmspropModule) as RMSpropKernels;
}

/** adagrad.ts */
export interface AdagradKernels {
  adagrad(
    count: number,
    w: number,
    dw: number,
    sum: number,
    sign: number,
    decay: number,
    rate: number,
    eps: number,
  ): void;
}

export function adagradKernels(simd: SimdKernels): AdagradKernels {
  return simd.instantiate(adagradModule) as AdagradKernels;
}

/** gradients.ts */
export interface GradientKernels {
  scale(count: number, x: number, by: number): void;
  squareSum(count: number, x: number): number;
  spreadRows(from: number, to: number, width: number, positions: number, values: number, table: number): void;
}

export function gradientKernels(simd: SimdKernels): GradientKernels {
  return simd.instantiate(gradientsModule) as GradientKernels;
}
