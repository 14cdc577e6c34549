import { type Layer, moduleLayers } from "../report/module-layers.ts";
import type { ModelFile } from "../saved/model-file.ts";
import type { TrainingNote } from "../saved/note.ts";
import type { OpenedFile, OpenedModel } from "./open-model.ts";

/** Longest metadata value that is shown whole. */
const LONGEST_VALUE = 1000;

/** What there is to say about a saved model of this program: what `inspect --json` prints. */
export interface InspectedModel {
  readonly file: string;
  readonly bytes: number;
  readonly task: string;
  readonly noun: string;
  readonly name: string;
  readonly format: string;
  readonly version: number;
  readonly training: TrainingNote;
  readonly facts: readonly (readonly [name: string, value: string | number])[];
  readonly layers: readonly Layer[];
  readonly parameters: number;
  readonly vocabulary: {
    readonly size: number;
    readonly special: readonly string[];
    readonly mostFrequent: readonly string[];
  } | null;
}

/** What there is to say about any other safetensors file. */
export interface InspectedTensors {
  readonly file: string;
  readonly bytes: number;
  readonly task: null;
  readonly tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
  }[];
  readonly parameters: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @param words - How many of the most frequent tokens to list. */
export function inspectModel(
  { path, bytes, file }: OpenedFile,
  { task, saved }: OpenedModel,
  words: number,
): InspectedModel {
  const { note, name, facts, module, vocabulary } = task.inspect(saved);
  const layers = module === undefined ? [] : moduleLayers(module);
  return {
    file: path,
    bytes,
    task: task.name,
    noun: task.noun,
    name,
    format: task.saved.key,
    version: versionOf(file, task.saved.key),
    training: note,
    facts,
    layers,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    vocabulary:
      vocabulary === undefined
        ? null
        : {
            size: vocabulary.tokens.length,
            special: vocabulary.tokens.slice(0, vocabulary.specials),
            mostFrequent: vocabulary.tokens.slice(vocabulary.specials, vocabulary.specials + words),
          },
  };
}

/** What a safetensors file of another program holds. */
export function inspectTensors({ path, bytes, file: { tensors, metadata } }: OpenedFile): InspectedTensors {
  const list = [...tensors].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
  return {
    file: path,
    bytes,
    task: null,
    tensors: list,
    parameters: [...tensors.values()].reduce((sum, { size }) => sum + size, 0),
    metadata: Object.fromEntries([...metadata].map(([name, value]) => [name, value.slice(0, LONGEST_VALUE)])),
  };
}

/** The version in a description that was read before, so it has one. */
function versionOf({ metadata }: ModelFile, key: string): number {
  return (JSON.parse(metadata.get(key)!) as { version: number }).version;
}
