import type { OptionValues } from "../../options/spec.ts";

/** The options of `predict`. */
export const PREDICT_OPTIONS = {
  model: {
    kind: "text",
    shown: "DIR",
    default: "models/sentiment",
    help: "the saved model: its folder or file",
  },
  json: { kind: "flag", help: "one JSON object a line" },
  explain: { kind: "flag", help: "also what each word contributes" },
  help: { kind: "flag", help: "print this help" },
} as const;

/** Parsed options of `predict`. */
export type PredictOptions = OptionValues<typeof PREDICT_OPTIONS>;
