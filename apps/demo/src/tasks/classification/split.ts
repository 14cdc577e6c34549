import { randomSplit } from "@rnn/train";
import type { Example } from "../../data/example.ts";
import { InputError } from "../../errors.ts";

/** Fewest different texts that make three parts worth the name. */
export const FEWEST_TEXTS = 20;

/** The examples to learn from, to choose by, and to be judged on. */
export interface Parts {
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  readonly test: readonly Example[];
}

/**
 * Divides examples 80/10/10 at random. Examples of the same group, or where there is none with the same text, land in the
 * same part: otherwise a model would be tested on what it has seen.
 *
 * @throws {@link InputError} if there are too few different texts, or the training part lacks a label of the others.
 */
export function splitExamples(examples: readonly Example[], seed: number, source: string): Parts {
  const groups = groupsOf(examples, source);
  const [train, validation, test] = randomSplit(groups.length, [0.8, 0.1, 0.1], { seed });
  return checkLabels(
    { train: pick(groups, train), validation: pick(groups, validation), test: pick(groups, test) },
    source,
  );
}

/**
 * Divides examples 90/10 into training and validation, beside a test part of its own.
 *
 * @throws {@link InputError} as {@link splitExamples}, or if only the test part has some label.
 */
export function splitWithTest(
  examples: readonly Example[],
  test: readonly Example[],
  seed: number,
  source: string,
  testSource: string,
): Parts {
  const known = new Set(examples.map(({ label }) => label));
  const unseen = test.find(({ label }) => !known.has(label));
  if (unseen !== undefined) {
    throw new InputError(
      `${testSource}: no example in ${source} has its label "${unseen.label}"; add some there, or leave it out of the test`,
    );
  }
  const groups = groupsOf(examples, source);
  const [train, validation] = randomSplit(groups.length, [0.9, 0.1], { seed });
  return checkLabels({ train: pick(groups, train), validation: pick(groups, validation), test }, source);
}

function groupsOf(examples: readonly Example[], source: string): Example[][] {
  const groups = new Map<string, Example[]>();
  const grouped = examples.some(({ group }) => group !== undefined);
  for (const example of examples) {
    // a NUL keeps names of groups apart from texts
    const key = example.group === undefined ? example.text : `\0${example.group}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [example]);
    else group.push(example);
  }
  if (groups.size < FEWEST_TEXTS) {
    throw new InputError(
      `${source}: only ${groups.size} different ${grouped ? "groups" : "texts"}; at least ${FEWEST_TEXTS} are needed to train, validate and test`,
    );
  }
  return [...groups.values()];
}

function pick(groups: readonly Example[][], positions: Int32Array): Example[] {
  return Array.from(positions, (position) => groups[position]!).flat();
}

function checkLabels(parts: Parts, source: string): Parts {
  const known = new Set(parts.train.map((example) => example.label));
  const unseen = [...parts.validation, ...parts.test].find((example) => !known.has(example.label));
  if (unseen !== undefined) {
    throw new InputError(
      `${source}: no example with the label "${unseen.label}" fell into the training part; give more of them, or leave them out`,
    );
  }
  return parts;
}

/** How many texts of the test part were also there to learn from or to choose by. */
export function repeatedInTest({ train, validation, test }: Parts): number {
  const seen = new Set([...train, ...validation].map(({ text }) => text));
  return test.filter(({ text }) => seen.has(text)).length;
}
