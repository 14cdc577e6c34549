/** Blocks start on cache lines. */
const LINE = 64;

interface Block {
  readonly address: number;
  readonly end: number;
}

/** Hands out addresses from `start` on for blocks that stay until they are freed: the lowest gap that is long enough. */
export class ResidentBlocks {
  readonly #start: number;
  /** In the order of their addresses. */
  readonly #blocks: Block[] = [];

  constructor(start: number) {
    this.#start = start;
  }

  /** Behind the last block. */
  get end(): number {
    return this.#blocks.at(-1)?.end ?? this.#start;
  }

  allocate(bytes: number): number {
    const length = Math.ceil(bytes / LINE) * LINE;
    let address = this.#start;
    let position = 0;
    for (const block of this.#blocks) {
      if (block.address - address >= length) break;
      address = block.end;
      position++;
    }
    this.#blocks.splice(position, 0, { address, end: address + length });
    return address;
  }

  free(address: number): void {
    this.#blocks.splice(
      this.#blocks.findIndex((block) => block.address === address),
      1,
    );
  }
}
