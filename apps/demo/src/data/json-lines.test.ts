import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { parseJsonLines } from "./json-lines.ts";

const columns = { text: "text", label: "label" };
const read = (content: string) => parseJsonLines(content, columns, "r.jsonl");

describe("parseJsonLines", () => {
  it("reads string, number and boolean labels", () => {
    const content = '{"text":"a","label":"x"}\n{"text":"b","label":0}\r\n\n{"text":"c","label":true}\n';
    expect(read(content).examples).toEqual([
      { text: "a", label: "x" },
      { text: "b", label: "0" },
      { text: "c", label: "true" },
    ]);
  });

  it("counts lines whose text or label is null, absent or blank", () => {
    const content = '{"text":null,"label":1}\n{"text":"b"}\n{"text":" ","label":1}\n{"text":"c","label":1}\n';
    expect(read(content)).toEqual({ examples: [{ text: "c", label: "1" }], skipped: 3 });
  });

  it("reads the group, if one is asked for", () => {
    const content = '{"text":"a","label":1,"film":7}\n{"text":"b","label":0}\n';
    expect(parseJsonLines(content, { ...columns, group: "film" }, "r.jsonl").examples).toEqual([
      { text: "a", label: "1", group: "7" },
      { text: "b", label: "0" },
    ]);
    expect(() => parseJsonLines(content, { ...columns, group: "movie" }, "r.jsonl")).toThrow(
      new InputError(
        'r.jsonl: no column "movie"; it has "text", "label", "film"; choose one with --group COLUMN',
      ),
    );
    expect(() =>
      parseJsonLines('{"text":"a","label":1,"film":[]}', { ...columns, group: "film" }, "r.jsonl"),
    ).toThrow(
      new InputError('r.jsonl: line 1: field "film" is an array, expected a string, number or boolean'),
    );
  });

  it("does not take inherited names for fields", () => {
    expect(() => parseJsonLines('{"text":"a"}', { text: "text", label: "constructor" }, "r.jsonl")).toThrow(
      new InputError('r.jsonl: no column "constructor"; it has "text"; choose one with --label COLUMN'),
    );
  });

  it("names the line that is not a JSON object", () => {
    expect(() => read('{"text":"a","label":1}\n{"text":')).toThrow(/^r\.jsonl: line 2 is not JSON: /);
    expect(() => read("[1]")).toThrow(new InputError("r.jsonl: line 1 is an array, expected a JSON object"));
  });

  it("names the line whose field has another type", () => {
    expect(() => read('{"text":["a"],"label":1}')).toThrow(
      new InputError('r.jsonl: line 1: field "text" is an array, expected a string'),
    );
    expect(() => read('{"text":"a","label":{}}')).toThrow(
      new InputError('r.jsonl: line 1: field "label" is an object, expected a string, number or boolean'),
    );
  });
});
