import { Module, Parameter, type Variable } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { type FitOptions, SGD, type SGDOptions, type TrainEvent } from "@rnn/train";

/** A model of one number w; `(w - x)²` is its loss on x. */
export class Scalar extends Module {
  readonly w: Parameter = this.parameter("w", new Parameter(tensor(0, { dtype: "float64" })));

  override forward(x: number): Variable {
    return this.w.sub(x).pow(2);
  }

  get value(): number {
    return this.w.value.item();
  }
}

/** A scalar model with an optimizer, and the options that every test needs. */
export function scalar(options: SGDOptions = {}): {
  model: Scalar;
  base: Pick<FitOptions<number>, "optimizer" | "loss">;
} {
  const model = new Scalar();
  const optimizer = new SGD(model.parameters(), { learningRate: 0.25, ...options });
  return { model, base: { optimizer, loss: (x) => model.forward(x) } };
}

/** All events of a training, and the error that ended it if there was one. */
export async function collect<Name extends string>(
  events: AsyncIterable<TrainEvent<Name>>,
): Promise<{ events: TrainEvent<Name>[]; error: unknown }> {
  const seen: TrainEvent<Name>[] = [];
  try {
    for await (const event of events) seen.push(event);
    return { events: seen, error: null };
  } catch (error) {
    return { events: seen, error };
  }
}

/** The events of one type. */
export function only<Event extends { type: string }, Type extends Event["type"]>(
  events: readonly Event[],
  type: Type,
): Extract<Event, { type: Type }>[] {
  return events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
}
