// Memory of large arrays that nobody can reach any more. Pages that the process has never touched cost a fault each when
// they are first written to, several times what the writing costs. Only the garbage collector knows which arrays are dead,
// so only the allocator below it can use their memory again; a pool above it would have to wait for finalizers, which
// do not run before the program pauses.

/** Arrays of so many elements are large: 64 KB of float32. */
export const LARGE_LENGTH = 16_384;

/**
 * Just below the 32 MB up to which glibc learns: when a block of its own mapping is freed, it from then on takes blocks up
 * to that size from its heap, and keeps twice as much free memory there instead of giving it back to the system.
 */
const LESSON_BYTES = 2 ** 25 - 2 ** 13;

let isTaught = false;

/**
 * Teaches the allocator, once, to keep the memory of dead arrays: call it before the first large one is made. Elsewhere than
 * on Linux, nothing happens.
 */
export function keepMemory(): void {
  if (isTaught) return;
  isTaught = true;
  const { process } = globalThis as { process?: { platform?: string } };
  // never written to, so it takes no memory; the next collection frees it
  if (process?.platform === "linux") new ArrayBuffer(LESSON_BYTES);
}
