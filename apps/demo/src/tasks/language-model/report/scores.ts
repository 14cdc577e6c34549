import { jsonName } from "../../../report/json-names.ts";
import type { Paint } from "../../../terminal/colour.ts";
import { table } from "../../../terminal/table.ts";
import { SCALES } from "../scale.ts";
import type { UnitName } from "../text-units.ts";

/** Mean cross-entropies on the test part, in nats, by what models are called: first the network. */
export type Scores = Readonly<Record<string, number>>;

/** The network beside the simplest models. */
export function scoreLines(scores: Scores, units: UnitName, paint: Paint): string[] {
  const { title, of, digits } = SCALES[units];
  const one = units === "characters" ? "character" : "word";
  const notes: Readonly<Record<string, string>> = {
    bigrams: `knows the ${one} before`,
    unigrams: `knows how frequent each ${one} is`,
  };
  const rows = Object.entries(scores).map(([name, nats]) => [
    name,
    of(nats).toFixed(digits),
    notes[name] ?? "",
  ]);
  const columns = [{ title: "model" }, { title, align: "right" } as const, { title: "" }];
  return [
    paint("bold", `${title} on the test part`),
    ...table(columns, rows, paint).map((line) => `  ${line}`),
  ];
}

/** The scores for `--json`. */
export function scoresJson(scores: Scores, units: UnitName): object {
  const { title, of } = SCALES[units];
  const entries = Object.entries(scores).map(([name, nats]) => [
    name,
    { crossEntropy: nats, [jsonName(title)]: of(nats) },
  ]);
  return Object.fromEntries(entries);
}
