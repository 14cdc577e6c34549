/** Options by the names that they have in PyTorch, Keras, Lightning, Transformers and sktime, in lower case without underscores. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // optimizers and schedules
  lr: "learningRate",
  lrdecay: "learningRateDecay",
  rho: "alpha",
  maxlr: "maxLearningRate",
  minlr: "minLearningRate",
  // fit and batches
  valdata: "validation",
  patience: "earlyStopping",
  maxgradnorm: "clipNorm",
  gradientclipval: "clipNorm",
  paddingidx: "padIndex",
  paddingvalue: "padIndex",
  // generation
  maxlength: "maxNewTokens",
  eostokenid: "stopTokens",
  numreturnsequences: "branches",
  // forecasting
  lookback: "history",
  windowsize: "history",
  sp: "season",
  period: "season",
};

/** Which of the names was meant, also where it is written in another way or in part; `null` if that is not clear. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const plain = plainly(name);
  const other = ELSEWHERE[plain];
  if (other !== undefined && candidates.includes(other)) return other;
  const part = candidates.find((candidate) => isPart(plain, plainly(candidate)));
  if (part !== undefined) return part;
  let nearest: string | null = null;
  let least = 3;
  for (const candidate of candidates) {
    const distance = editDistance(plain, plainly(candidate));
    // as many edits as letters would turn it into anything
    if (distance >= least || distance >= Math.min(plain.length, candidate.length)) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

function plainly(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** Whether one name begins or ends with the other, which is more than a syllable. */
function isPart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short === long || (short.length > 3 && (long.startsWith(short) || long.endsWith(short)));
}

/** Least number of insertions, deletions and replacements that turn `a` into `b` (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  // row[j]: distance between the first i characters of a and the first j of b
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
