import type { Tensor } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkMode, type EmbeddingBagMode, reduceBags } from "../functional/embedding-bag.ts";
import { checkTensor } from "../functional/operand.ts";
import { paddingRow } from "../functional/padding-row.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import {
  checkTableSizes,
  type EmbeddingTableOptions,
  initialTable,
  tableOptionNames,
} from "./embedding-table.ts";

/**
 * Options of {@link EmbeddingBag}.
 *
 * @public
 */
export interface EmbeddingBagOptions extends EmbeddingTableOptions {
  /** How the rows of a bag become one. Default `"mean"`. */
  mode?: EmbeddingBagMode | undefined;
  /** A row that starts as zeros, counts for nothing in its bag and is not trained; negative ones count from the last. */
  paddingIdx?: number | undefined;
}

const optionNames: OptionNames<EmbeddingBagOptions> = { ...tableOptionNames, mode: true, paddingIdx: true };

/**
 * A table of vectors, looked up by index and put together bag by bag.
 *
 * @remarks
 * Shapes: input int32 `[N, L]`, each row a bag, or `[L]` with `offsets` `[N]`, the start of each bag; output
 * `[N, embeddingDim]`, zeros for an empty bag. The parameter `weight` `[numEmbeddings, embeddingDim]` starts standard normal,
 * with zeros in the row `paddingIdx`. Equals `torch.nn.EmbeddingBag`; no tensor of all looked-up rows is made.
 *
 * @throws RangeError if a size is not a positive integer or `paddingIdx` is not a row.
 *
 * @example
 * ```ts
 * import { EmbeddingBag } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const layer = new EmbeddingBag({ numEmbeddings: 100, embeddingDim: 8, paddingIdx: 0 });
 * layer.forward(tensor([[5, 7, 0], [3, 0, 0]], { dtype: "int32" })).shape; // => [2, 8]
 * ```
 *
 * @public
 */
export class EmbeddingBag extends Module {
  /** Number of rows. */
  readonly numEmbeddings: number;
  /** Length of a row. */
  readonly embeddingDim: number;
  /** How the rows of a bag become one. */
  readonly mode: EmbeddingBagMode;
  /** The row that counts for nothing, counted from the first; `null` if there is none. */
  readonly paddingIdx: number | null;
  /** `[numEmbeddings, embeddingDim]`. */
  readonly weight: Parameter;

  constructor(options: EmbeddingBagOptions) {
    super();
    const {
      numEmbeddings,
      embeddingDim,
      mode = "mean",
      paddingIdx,
    } = checkOptions("EmbeddingBag", options, optionNames);
    checkTableSizes("EmbeddingBag", options);
    checkMode("EmbeddingBag", mode);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.mode = mode;
    this.paddingIdx = paddingRow("EmbeddingBag", paddingIdx, numEmbeddings);
    this.weight = this.parameter(
      "weight",
      new Parameter(initialTable("EmbeddingBag", options, this.paddingIdx)),
    );
    this.weight.fixedRow = this.paddingIdx;
  }

  /** Class and sizes. */
  override getConfig(): ModuleConfig {
    const { numEmbeddings, embeddingDim, mode } = this;
    return { class: "EmbeddingBag", numEmbeddings, embeddingDim, mode };
  }

  /**
   * Looks up the bags of `ids`.
   *
   * @param offsets - where each bag starts in `ids` of one dimension
   * @throws {@link @rnn/tensor#ShapeError} if `ids` have other dimensions, or `offsets` are missing or superfluous.
   * @throws RangeError if an index is not a row of the table, or an offset out of order.
   */
  override forward(ids: Variable | Tensor, offsets?: Tensor | undefined): Variable {
    return reduceBags(
      "EmbeddingBag.forward",
      checkTensor("EmbeddingBag.forward", "ids", ids),
      this.weight,
      offsets,
      this.mode,
      this.paddingIdx,
    );
  }
}
