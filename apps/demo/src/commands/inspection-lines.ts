import type { Layout } from "../tasks/task.ts";
import { count, counted, shorten, visible } from "../terminal/format.ts";
import { table } from "../terminal/table.ts";
import { fold } from "../terminal/wrap.ts";
import type { InspectedModel, InspectedTensors } from "./inspection.ts";

/** Longest value of a fact that is shown whole. */
const LONGEST_FACT = 400;

/** What `inspect` prints of a saved model of this program. */
export function modelLines(model: InspectedModel, layout: Layout): string[] {
  const { paint, width } = layout;
  const { training, vocabulary, metrics } = { ...model, metrics: Object.entries(model.training.metrics) };
  const epochs = training.epochs === 0 ? "part of an epoch" : counted(training.epochs, "epoch");
  const lines = [
    `${paint("bold", visible(model.file))}: ${model.noun}, ${size(model.bytes)}`,
    ...pairs(
      [
        ["trained on", `${training.data}, ${epochs}, seed ${training.seed}`],
        ["model", model.name],
        ...model.facts,
        ["format", `${model.format}, version ${model.version}`],
      ],
      width,
    ),
  ];
  if (model.layers.length > 0) {
    const rows = model.layers.map(({ name, kind, weights, parameters }) => [
      name,
      kind,
      weights.map(({ shape }) => `[${shape}]`).join(" "),
      count(parameters),
    ]);
    rows.push(["total", "", "", count(model.parameters)]);
    const columns = [{ title: "layer" }, { title: "kind" }, { title: "weights" }, right("parameters")];
    lines.push("", paint("bold", "layers"), ...indent(table(columns, fit(rows, 2, width - 40), paint)));
  }
  if (metrics.length > 0) {
    const rows = metrics.map(([name, value]) => [name, value.toPrecision(4)] as const);
    lines.push("", paint("bold", "measured in training"), ...pairs(rows, width));
  }
  if (vocabulary !== null) {
    lines.push("", paint("bold", `vocabulary of ${count(vocabulary.size)} tokens`));
    lines.push(...wrapped("special", vocabulary.special.map(visible), width));
    lines.push(...wrapped("most frequent", vocabulary.mostFrequent.map(printed), width));
  }
  return lines;
}

/** What `inspect` prints of any other safetensors file. */
export function tensorLines(
  { file, bytes, tensors, parameters, metadata }: InspectedTensors,
  { paint, width }: Layout,
): string[] {
  const rows = tensors.map(({ name, dtype, shape }) => [visible(name), dtype, `[${shape}]`]);
  const columns = [{ title: "tensor" }, { title: "type" }, { title: "shape" }];
  const lines = [
    `${paint("bold", visible(file))}: ${counted(tensors.length, "tensor")} of ${counted(parameters, "number")}, ${size(bytes)}`,
    "  not a model of this program",
    ...indent(table(columns, fit(rows, 0, width - 30), paint)),
  ];
  const entries = Object.entries(metadata);
  if (entries.length > 0) lines.push("", paint("bold", "metadata"), ...pairs(entries, width));
  return lines;
}

function right(title: string) {
  return { title, align: "right" } as const;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Rows with one column shortened. */
function fit(rows: readonly (readonly string[])[], column: number, width: number): string[][] {
  return rows.map((row) => row.map((cell, c) => (c === column ? shorten(cell, width) : cell)));
}

/** Names with their values beside them. */
function pairs(rows: readonly (readonly [name: string, value: string | number])[], width: number): string[] {
  const left = Math.max(...rows.map(([name]) => name.length));
  return rows.flatMap(([name, value]) => {
    const text = typeof value === "number" ? String(value) : visible(value);
    return fold(`  ${visible(name).padEnd(left)}  ${shorten(text, LONGEST_FACT)}`, width);
  });
}

/** A list of words over several lines, with its name before the first. */
function wrapped(name: string, words: readonly string[], width: number): string[] {
  const indentation = " ".repeat(name.length + 4);
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && indentation.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += `${line === "" ? "" : " "}${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((text, n) => `${n === 0 ? `  ${name}  ` : indentation}${text}`);
}

/** A token as it is, unless that would be hard to see. */
function printed(token: string): string {
  return /^[^\s"]+$/u.test(token) ? visible(token) : JSON.stringify(token);
}

function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, "byte");
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
