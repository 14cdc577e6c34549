/** The part of the WebAssembly interface that the kernels use. Not every place has it, so it is looked up when needed. */
export interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: unknown };
  readonly Memory: new (descriptor: { initial: number }) => LinearMemory;
}

/** Linear memory; `grow` by pages of 64 KB replaces `buffer` and detaches the old one. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** `globalThis.WebAssembly`, if there is one. */
export function webAssembly(): WebAssemblyInterface | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
}

/** A module of one function without parameters that returns a vector; `body` are its instructions. */
function vectorModule(...body: number[]): Uint8Array {
  const code = [1, body.length + 2, 0, ...body, 0x0b]; // one function, its size, no locals, body, end
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic number and version
    ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // type section: () -> v128
    ...[0x03, 0x02, 0x01, 0x00], // function section: one function of this type
    ...[0x0a, code.length, ...code], // code section
  );
}

const ZERO_VECTOR = [0x41, 0x00, 0xfd, 0x0f]; // i32.const 0, i8x16.splat
const RELAXED_MADD = [0xfd, 0x85, 0x02]; // f32x4.relaxed_madd

/** Whether WASM with 128-bit SIMD can run here. A module that validates may still be refused by a content policy. */
export function hasSimd(): boolean {
  return webAssembly()?.validate(vectorModule(...ZERO_VECTOR)) ?? false;
}

/** Whether relaxed SIMD, with fused multiply-add, can run here and is worth it: Bun accepts it but runs it slower. */
export function hasRelaxedSimd(): boolean {
  if ("Bun" in globalThis) return false;
  const body = [...ZERO_VECTOR, ...ZERO_VECTOR, ...ZERO_VECTOR, ...RELAXED_MADD];
  return webAssembly()?.validate(vectorModule(...body)) ?? false;
}
