import { Module, noGrad, type Streamable, Streaming, Variable } from "@rnn/nn";
import { ShapeError, Tensor } from "@rnn/tensor";
import { wrongKind } from "../check.ts";
import { rowsOf, STATE_ADVICE, selectRows } from "./state-rows.ts";
import type { TokenSource, TokenStep, TokenStream } from "./token-source.ts";

/** How a {@link TokenReader} begins. */
export interface ReaderOptions<State> {
  readonly state?: State | undefined;
  readonly batchFirst?: boolean | undefined;
}

/** Feeds tokens to any kind of source, without recording a graph, and returns the logits of the token after them. */
export class TokenReader<State> {
  readonly #where: string;
  readonly #stream: TokenStream<State>;
  /** Reads several steps at once; `null` where that cannot be. */
  readonly #chunk: ((ids: Tensor) => Tensor) | null = null;
  /** What is to be in evaluation mode. */
  readonly #model: Module | null;
  /** How many rows were read last. */
  #read = 0;

  constructor(where: string, source: TokenSource<State>, { state, batchFirst }: ReaderOptions<State>) {
    this.#where = where;
    this.#model = source instanceof Module ? source : null;
    if (isStream(source)) {
      this.#stream = source;
      if (state !== undefined) source.state = state;
    } else if (typeof source === "function") {
      this.#stream = new SteppedStream(where, source, state);
    } else {
      if (typeof (source as Streamable<Tensor, State> | null)?.forward !== "function") {
        throw wrongKind(where, "model", "a model, a function of one step or a stream", source);
      }
      const stream = new Streaming<State, Tensor>(source, { state, batchFirst });
      const isBatchFirst = batchFirst ?? source.batchFirst ?? false;
      this.#stream = stream;
      this.#chunk = (ids) => {
        const output = stream.forward(isBatchFirst ? ids.transpose(0, 1) : ids);
        if (output.ndim !== 3) this.#refuse(output, "[L, N, V]");
        return output.select(isBatchFirst ? 1 : 0, -1);
      };
    }
  }

  /** Rows of the state; `null` while it is not known. */
  get rows(): number | null {
    return rowsOf(this.#where, this.#stream.state);
  }

  /** Goes on with these rows of the state, of those read last; some may be left out, others repeated. */
  select(rows: readonly number[]): void {
    this.#checkRows();
    const { state } = this.#stream;
    if (state !== undefined) this.#stream.state = noGrad(() => selectRows(this.#where, state, rows));
  }

  /** Reads the same tokens in `rows` rows; returns the logits `[rows, V]` of the token after them. */
  prompt(tokens: ArrayLike<number>, rows: number): Tensor {
    if (this.#chunk !== null && tokens.length > 1) {
      const ids = new Int32Array(tokens.length * rows).map((_, i) => tokens[Math.floor(i / rows)]!);
      const logits = this.#evaluating(this.#chunk, new Tensor(ids, [tokens.length, rows]));
      this.#read = rows;
      this.#checkRows("pass batchFirst: true if the model takes ids [N, L]");
      return logits;
    }
    for (let t = 0; t + 1 < tokens.length; t++) this.step(new Int32Array(rows).fill(tokens[t]!));
    const logits = this.step(new Int32Array(rows).fill(tokens[tokens.length - 1]!));
    this.#checkRows();
    return logits;
  }

  /** Reads one token per row; returns the logits `[N, V]` of the token after them. */
  step(tokens: Int32Array): Tensor {
    const output = this.#evaluating(
      (ids) => tensorOf(this.#stream.step(ids)),
      new Tensor(tokens, [tokens.length]),
    );
    this.#read = tokens.length;
    const isLogits = output instanceof Tensor && output.ndim === 2 && output.shape[0] === tokens.length;
    return isLogits ? output : this.#refuse(output, `[${tokens.length}, V]`);
  }

  /** Runs the model in evaluation mode, and leaves it in the mode it was in: it may be in training meanwhile. */
  #evaluating(run: (ids: Tensor) => Tensor, ids: Tensor): Tensor {
    const model = this.#model;
    if (model === null || !model.training) return noGrad(() => run(ids));
    model.eval();
    try {
      return noGrad(() => run(ids));
    } finally {
      model.train();
    }
  }

  /** Throws if the state has another number of rows than were read: selecting rows would silently mix them up. */
  #checkRows(advice: string = STATE_ADVICE): void {
    const { rows } = this;
    if (rows === null || rows === this.#read) return;
    throw new ShapeError(
      `${this.#where}: after ids of N = ${this.#read} the state has N = ${rows}; ${advice}`,
    );
  }

  #refuse(output: unknown, expected: string): never {
    if (!(output instanceof Tensor)) throw wrongKind(this.#where, "the model's output", "logits", output);
    throw new ShapeError(
      `${this.#where}: the model's output has shape [${output.shape.join(",")}], expected logits ${expected}`,
    );
  }
}

/** A function of one step as a stream. */
class SteppedStream<State> implements TokenStream<State> {
  state: State | undefined;
  readonly #where: string;
  readonly #step: TokenStep<State>;

  constructor(where: string, step: TokenStep<State>, state: State | undefined) {
    this.#where = where;
    this.#step = step;
    this.state = state;
  }

  step(ids: Tensor): Variable | Tensor {
    const result: unknown = this.#step(ids, this.state);
    const { output, state } = Object(result) as ReturnType<TokenStep<State>>;
    if (output === undefined)
      throw wrongKind(this.#where, "what the step returns", "{ output, state }", result);
    this.state = state;
    return output;
  }
}

function isStream<State>(source: TokenSource<State>): source is TokenStream<State> {
  return typeof source === "object" && source !== null && "step" in source && "state" in source;
}

function tensorOf(output: Variable | Tensor): Tensor {
  return output instanceof Variable ? output.value : output;
}
