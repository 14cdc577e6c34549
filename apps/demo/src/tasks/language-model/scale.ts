import type { Metric } from "@rnn/train";
import { perplexity } from "@rnn/train/metrics";
import type { UnitName } from "./text-units.ts";

/** The scale on which language models of one kind are compared. */
export interface Scale {
  /** What the number is called. */
  readonly title: string;
  /** The number of a mean cross-entropy in nats. */
  of(crossEntropy: number): number;
  readonly digits: number;
}

/** Characters are measured in bits, words in how many the model wavers between. */
export const SCALES: Readonly<Record<UnitName, Scale>> = {
  characters: { title: "bits per character", of: (nats) => nats / Math.LN2, digits: 3 },
  words: { title: "perplexity", of: Math.exp, digits: 2 },
};

/** The scale as a metric of `fit`. */
export function scaleMetric({ of }: Scale): Metric {
  const metric = perplexity();
  return {
    update: (output, targets) => metric.update(output, targets),
    get value() {
      return of(Math.log(metric.value));
    },
  };
}
