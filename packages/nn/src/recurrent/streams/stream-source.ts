import type { CellWeights } from "../cell.ts";
import type { StateForm } from "../state.ts";

/** The cells that streams have kernels for. */
export type StreamedCell = "lstm" | "gru" | "gru-reset-before" | "tanh" | "relu";

/**
 * What a stream needs to know of the layers that it runs.
 *
 * Layers give this much and know nothing of streams, so that programs without streams hold none of their code.
 */
export interface StreamSource {
  /** What errors about states name. */
  readonly where: string;
  readonly cell: StreamedCell;
  /** Of each layer. */
  readonly weights: readonly CellWeights[];
  readonly form: StateForm;
  /** Whether the layers do now what they do in a stream: not while dropout acts. */
  readonly isReady: () => boolean;
}
