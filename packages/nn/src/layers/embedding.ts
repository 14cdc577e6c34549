import { ShapeError, type Tensor } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { checkIndices, lookUp } from "../functional/embedding.ts";
import { checkTensor } from "../functional/operand.ts";
import { paddingRow } from "../functional/padding-row.ts";
import { Module, type ModuleConfig } from "../module.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import {
  checkTableSizes,
  type EmbeddingTableOptions,
  initialTable,
  tableOptionNames,
} from "./embedding-table.ts";
import { limitRowNorms } from "./row-norms.ts";

/**
 * What {@link Embedding} does with some of its rows.
 *
 * @public
 */
export interface EmbeddingRowOptions {
  /** A row that starts as zeros and receives no gradient; negative ones count from the last. */
  paddingIdx?: number | undefined;
  /** Rows longer than this are scaled down, in place, when they are looked up. */
  maxNorm?: number | undefined;
  /** Which norm `maxNorm` limits. Default 2. */
  normType?: number | undefined;
}

/**
 * Options of {@link Embedding}.
 *
 * @public
 */
export interface EmbeddingOptions extends EmbeddingTableOptions, EmbeddingRowOptions {}

const rowOptionNames: OptionNames<EmbeddingRowOptions> = { paddingIdx: true, maxNorm: true, normType: true };
const optionNames: OptionNames<EmbeddingOptions> = { ...tableOptionNames, ...rowOptionNames };

/**
 * A table of vectors, looked up by index.
 *
 * @remarks
 * Shapes: input int32 `[…]`, output `[…, embeddingDim]`. The parameter `weight` `[numEmbeddings, embeddingDim]` starts
 * standard normal, with zeros in the row `paddingIdx`, whose gradient is always exactly zero. Equals
 * `torch.nn.Embedding`.
 *
 * @throws RangeError if a size is not a positive integer or `paddingIdx` is not a row.
 *
 * @example
 * ```ts
 * import { Embedding } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const layer = new Embedding({ numEmbeddings: 100, embeddingDim: 8, paddingIdx: 0 });
 * layer.forward(tensor([[5, 7, 0]], { dtype: "int32" })).shape; // => [1, 3, 8]
 * ```
 *
 * @public
 */
export class Embedding extends Module {
  /** Number of rows. */
  readonly numEmbeddings: number;
  /** Length of a row. */
  readonly embeddingDim: number;
  /** The row without gradient, which optimizers leave as it is, counted from the first; `null` if there is none. */
  readonly paddingIdx: number | null;
  /** The largest norm of a looked-up row; `null` for no limit. */
  readonly maxNorm: number | null;
  /** Which norm `maxNorm` limits. */
  readonly normType: number;
  /** `[numEmbeddings, embeddingDim]`. */
  readonly weight: Parameter;

  constructor(options: EmbeddingOptions) {
    super();
    const {
      numEmbeddings,
      embeddingDim,
      paddingIdx,
      maxNorm = null,
      normType = 2,
    } = checkOptions("Embedding", options, optionNames);
    checkTableSizes("Embedding", options);
    if (maxNorm !== null && !(typeof maxNorm === "number" && maxNorm > 0)) {
      throw new RangeError(`Embedding: maxNorm must be positive, got ${describe(maxNorm)}`);
    }
    if (!(typeof normType === "number" && normType > 0))
      throw new RangeError(`Embedding: normType must be positive, got ${describe(normType)}`);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.paddingIdx = paddingRow("Embedding", paddingIdx, numEmbeddings);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.weight = this.parameter(
      "weight",
      new Parameter(initialTable("Embedding", options, this.paddingIdx)),
    );
    this.weight.fixedRow = this.paddingIdx;
  }

  /**
   * A layer around a given table `[numEmbeddings, embeddingDim]`, which is used as it is, not copied.
   *
   * @param options - `freeze` (default `true`) keeps training from changing the table
   * @throws {@link @rnn/tensor#ShapeError} unless the table has two dimensions.
   *
   * @example
   * ```ts
   * import { Embedding } from "@rnn/nn";
   * import { tensor } from "@rnn/tensor";
   *
   * const layer = Embedding.fromPretrained(tensor([[0.5, 1], [2, 3]]));
   * layer.weight.requiresGrad; // => false
   * ```
   */
  static fromPretrained(
    table: Tensor,
    options: EmbeddingRowOptions & { freeze?: boolean | undefined } = {},
  ): Embedding {
    const where = "Embedding.fromPretrained";
    const { freeze = true, ...rows } = checkOptions(where, options, { ...rowOptionNames, freeze: true });
    checkFlag(where, "freeze", freeze);
    if (checkTensor(where, "table", table).ndim !== 2) {
      throw new ShapeError(
        `Embedding.fromPretrained: table has shape ${printShape(table.shape)}, expected [numEmbeddings,embeddingDim]`,
      );
    }
    const [numEmbeddings, embeddingDim] = table.shape as [number, number];
    const layer = new Embedding({ ...rows, numEmbeddings, embeddingDim, initial: table });
    layer.weight.requiresGrad = !freeze;
    return layer;
  }

  /** Class and sizes. */
  override getConfig(): ModuleConfig {
    const { numEmbeddings, embeddingDim } = this;
    return { class: "Embedding", numEmbeddings, embeddingDim };
  }

  /**
   * Looks up the rows of `ids`.
   *
   * @throws TypeError if `ids` is not int32.
   * @throws RangeError if an index is not a row of the table; the message has its position.
   */
  override forward(ids: Variable | Tensor): Variable {
    const indices = checkIndices(
      "Embedding.forward",
      checkTensor("Embedding.forward", "ids", ids),
      this.numEmbeddings,
    );
    if (this.maxNorm !== null && limitRowNorms(this.weight.value, indices, this.maxNorm, this.normType)) {
      this.weight.markChanged();
    }
    return lookUp(indices, ids.shape, this.weight, this.paddingIdx);
  }
}
