import { isAccident } from "./accident.ts";
import type { Context } from "./adapter.ts";
import { goldenAdapter, peerAdapter } from "./adapters/index.ts";
import type { CaseFile, GoldenCase, PeerCase } from "./cases.ts";
import { Judge } from "./judge.ts";
import { type CaseResult, NotApplicable, type Verdict } from "./verdict.ts";

/** Runs one golden case: an adapter for its kind drives the library, a judge compares. */
export function runGoldenCase(c: GoldenCase, file: CaseFile): CaseResult {
  const { name, kind } = c;
  const adapter = goldenAdapter(kind);
  if (!adapter) return { name, kind, ...unknownKind };
  const run = (context: Context): void => adapter(c, context);
  return { name, kind, ...(c.error === undefined ? judged(run, c, file) : mustThrow(run, c, c.error, file)) };
}

/** Runs one case of another project; whether it must throw is part of its kind, so its adapter judges that. */
export function runPeerCase(c: PeerCase, file: CaseFile): CaseResult {
  const { id: name, kind } = c;
  const adapter = peerAdapter(kind);
  if (!adapter) return { name, kind, ...unknownKind };
  return { name, kind, ...judged((context) => adapter(c, context), c.tol ?? { atol: 0, rtol: 0 }, file) };
}

const unknownKind = { status: "not applicable", reason: "no adapter for this kind" } as const;

/** Any error is a failure; so is a case in which nothing was compared. */
function judged(
  run: (context: Context) => void,
  tolerance: GoldenCase | { atol: number; rtol: number },
  file: CaseFile,
): Verdict {
  const judge = new Judge(tolerance);
  try {
    run({ judge, file });
  } catch (error) {
    if (error instanceof NotApplicable) return { status: "not applicable", reason: error.message };
    return failed([...judge.differences, { what: "threw", got: describe(error), want: "no error" }]);
  }
  if (judge.differences.length > 0) return failed(judge.differences);
  if (judge.comparisons === 0) return failed([{ what: "comparisons", got: 0, want: "at least one" }]);
  return { status: "passed" };
}

/** The call must throw, and on purpose. */
function mustThrow(run: (context: Context) => void, c: GoldenCase, reason: string, file: CaseFile): Verdict {
  const want = `an error (${reason})`;
  try {
    run({ judge: new Judge(c), file });
  } catch (error) {
    if (error instanceof NotApplicable) return { status: "not applicable", reason: error.message };
    if (isAccident(error)) return failed([{ what: "error", got: `an accident: ${describe(error)}`, want }]);
    return { status: "passed" };
  }
  return failed([{ what: "error", got: "no error", want }]);
}

function failed(differences: Extract<Verdict, { status: "failed" }>["differences"]): Verdict {
  return { status: "failed", differences };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
