import { detached } from "./detached.ts";

const MOST_PIECES = 32768;
const LONGEST_PIECE = 64;

/** Remembers what short pieces were encoded as, and starts afresh when it is full. */
export class PieceCache {
  readonly #ids: Map<string, readonly number[]> = new Map();

  get(piece: string): readonly number[] | undefined {
    return this.#ids.get(piece);
  }

  set(piece: string, ids: readonly number[]): void {
    if (piece.length > LONGEST_PIECE) return;
    if (this.#ids.size === MOST_PIECES) this.#ids.clear();
    this.#ids.set(detached(piece), ids);
  }
}
