import { describe, expect, it } from "vitest";
import { SavedModelError } from "./json-checks.ts";
import { readNote, type TrainingNote, writeNote } from "./note.ts";

const NOTE: TrainingNote = { data: "a file", seed: 3, epochs: 4, metrics: { "test accuracy": 0.5 } };
const read = (change: object) => () => readNote({ ...writeNote(NOTE), ...change });

describe("a training note", () => {
  it("comes back from JSON, without numbers that JSON does not have", () => {
    const metrics = { ...NOTE.metrics, perplexity: Number.POSITIVE_INFINITY };
    expect(readNote(JSON.parse(JSON.stringify(writeNote({ ...NOTE, metrics }))))).toEqual(NOTE);
  });

  it.each<[change: object, message: string]>([
    [{ data: 1 }, '"training.data" is not a string'],
    [{ seed: -1 }, '"training.seed" is -1, expected a number from 0 to 4294967295'],
    [{ epochs: 0.5 }, '"training.epochs" is 0.5, expected a whole number from 0 to 1000000000'],
    [{ metrics: [] }, '"training.metrics" is not an object'],
    [{ metrics: { loss: null } }, '"training.metrics" has a value that is no number: "loss"'],
    [{ metrics: JSON.parse('{"__proto__":1}') }, '"training.metrics" has the name "__proto__"'],
    [
      { metrics: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, 0])) },
      '"training.metrics" has 101 entries, expected at most 100',
    ],
    [{ when: "now" }, '"training" has an unknown member "when"'],
  ])("is refused with %j", (change, message) => {
    expect(read(change)).toThrow(new SavedModelError(message));
  });
});
