import { Streaming, type Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import type { TokenStream } from "@rnn/train/generation";
import type { LanguageModel, LanguageModelState } from "./model.ts";

/** Runs a language model token by token, with the weights of its recurrent layers ready from step to step. */
export class ModelStream implements TokenStream<LanguageModelState> {
  readonly #model: LanguageModel;
  readonly #recurrent: Streaming<LanguageModelState>;

  /** @param model - in evaluation mode */
  constructor(model: LanguageModel) {
    this.#model = model;
    this.#recurrent = new Streaming(model.recurrent);
  }

  step(ids: Tensor): Variable | Tensor {
    return this.#model.logits(this.#recurrent.step(this.#model.embed(ids)));
  }

  get state(): LanguageModelState | undefined {
    return this.#recurrent.state;
  }

  set state(state: LanguageModelState | undefined) {
    this.#recurrent.state = state;
  }
}
