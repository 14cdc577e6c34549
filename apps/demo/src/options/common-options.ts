import type { FlagSpec, TextSpec } from "./spec.ts";

/** Options of every command that reads a saved model. */
export type CommonOptions = {
  readonly model: TextSpec & { readonly default: string };
  readonly json: FlagSpec;
  readonly help: FlagSpec;
};

/**
 * The options of every command that reads a saved model.
 *
 * @param folder - Where the model is looked for by default.
 */
export function commonOptions(folder: string): CommonOptions {
  return {
    model: { kind: "text", shown: "PATH", default: folder, help: "the saved model: its folder or file" },
    json: { kind: "flag", help: "print one JSON document" },
    help: { kind: "flag", help: "print this help" },
  };
}
