import type { SimdMemory } from "@rnn/tensor";

/** Frees what nobody can reach any more. */
let unreachable: FinalizationRegistry<() => void> | undefined;

/** The address of linear memory that stays until `owner` is collected; `undefined` if there is no room. */
export function allocateFor(owner: object, memory: SimdMemory, bytes: number): number | undefined {
  const address = memory.allocate(bytes);
  if (address === undefined) return undefined;
  unreachable ??= new FinalizationRegistry((free) => free());
  unreachable.register(owner, () => memory.free(address));
  return address;
}
