import { describe, expect, test } from "vitest";
import type { GoldenCase, PeerCase } from "../src/cases.ts";
import { runGoldenCase, runPeerCase } from "../src/run-case.ts";
import type { CaseResult } from "../src/verdict.ts";
import { fixtures } from "./fixtures.ts";
import { tampered } from "./tamper.ts";

/** Kinds whose cases are tampered with one by one: only so many of each, as all of them would take minutes. */
const casesPerKind = 3;

/** The parts of another project's case that say what is wanted, wherever they are. */
const wantedByPeers = [
  ["expected"],
  ["expected_input_grad"],
  ["tokens"],
  ["itos"],
  ["checks", "0", "expect"],
  ["torch", "expected"],
  ["torch", "expected_params"],
  ["torch", "expected_state"],
];

/** The same where a case is not said in PyTorch's terms. */
const wantedByNatives = [
  ["outputs", "0"],
  ["native", "outputs"],
];

/** A case in which anything is changed must not pass: no adapter ignores a part of its cases. */
describe.each(fixtures.files.map((file) => [file.path, file] as const))("%s", (_path, file) => {
  const all: readonly (GoldenCase | PeerCase)[] = file.cases;
  const run = (c: object): CaseResult =>
    file.format === "golden" ? runGoldenCase(c as GoldenCase, file) : runPeerCase(c as PeerCase, file);

  test.each([...new Set(all.map(groupOf))])("%s", (group) => {
    for (const c of passing(
      all.filter((candidate) => groupOf(candidate) === group),
      run,
    )) {
      for (const wrong of "id" in c ? wrongPeer(c) : wrongGolden(c)) {
        expect(run(wrong).status, JSON.stringify(wrong).slice(0, 2000)).toBe("failed");
      }
    }
  });
});

function passing<C extends object>(cases: readonly C[], run: (c: object) => CaseResult): C[] {
  const found: C[] = [];
  for (const c of cases) if (found.length < casesPerKind && run(c).status === "passed") found.push(c);
  return found;
}

/** ONNX cases are all of one kind: there each operator counts. */
function groupOf(c: GoldenCase | PeerCase): string {
  return c.kind === "op" ? (c as PeerCase & { op: string }).op : c.kind;
}

/** Another output, another gradient, an error that is not asked for or asked for in vain. */
function wrongGolden(c: GoldenCase): object[] {
  if (c.error !== undefined) {
    const { error, ...asked } = c;
    return [asked];
  }
  return [
    { ...c, error: "there is none" },
    ...tampered(c.outputs).map((outputs) => ({ ...c, outputs })),
    ...tampered(c.grads).map((grads) => ({ ...c, grads })),
    ...tampered(c.published ?? {}).map((published) => ({ ...c, published })),
  ];
}

function wrongPeer(c: PeerCase): object[] {
  const paths = Object.hasOwn(c, "torch") ? wantedByPeers : [...wantedByPeers, ...wantedByNatives];
  return paths.flatMap((path) => replaceAt(c, path));
}

/** Copies of a value with a tampered part at a path, if there is such a part. */
function replaceAt(value: unknown, [key, ...rest]: readonly string[]): object[] {
  if (key === undefined) return tampered(value) as object[];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return [];
  const part = (value as Record<string, unknown>)[key];
  if (part === null || part === undefined) return [];
  return replaceAt(part, rest).map((wrong) =>
    Array.isArray(value)
      ? value.map((old, i) => (String(i) === key ? wrong : old))
      : { ...value, [key]: wrong },
  );
}
