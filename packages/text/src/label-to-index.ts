import { checkOptions } from "./check-options.ts";
import { checkToken, isIterableObject } from "./checks.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { show } from "./show.ts";

/**
 * Options of {@link labelToIndex}.
 *
 * @public
 */
export interface LabelToIndexOptions {
  /** Whether names are numbered in the order of their code points instead of the order given. */
  readonly sortNames?: boolean | undefined;
}

/**
 * A transform that numbers class labels: the first name is 0.
 *
 * @remarks
 * Takes one label or a list of them. As torchtext's `LabelToIndex`. For the way back, keep the names.
 *
 * @throws TypeError if `labelNames` is not a list of strings.
 * @throws RangeError if a name occurs twice; when applied, if a label is none of the names.
 *
 * @example
 * ```ts
 * import { labelToIndex } from "@rnn/text";
 *
 * labelToIndex(["pos", "neg"])(["neg", "pos"]); // => [1, 0]
 * labelToIndex(["pos", "neg"], { sortNames: true })("neg"); // => 0
 * ```
 *
 * @public
 */
export function labelToIndex(
  labelNames: Iterable<string>,
  options: LabelToIndexOptions = {},
): <Labels extends string | readonly string[]>(labels: Labels) => Labels extends string ? number : number[] {
  checkOptions("labelToIndex", options, { sortNames: "boolean" });
  const indices = numbered(labelNames, options.sortNames ?? false);
  const index = (label: string): number => {
    const found = indices.get(label);
    if (found !== undefined) return found;
    throw new RangeError(`labelToIndex: label ${show(label)} is none of the ${indices.size} names`);
  };
  return (labels) => {
    if (typeof labels === "string") return index(labels) as never;
    if (Array.isArray(labels)) return labels.map(index) as never;
    throw new TypeError(`labelToIndex: labels must be a string or an array of strings, got ${show(labels)}`);
  };
}

function numbered(labelNames: Iterable<string>, sortNames: boolean): Map<string, number> {
  if (!isIterableObject(labelNames)) {
    throw new TypeError(`labelToIndex: labelNames must be a list of names, got ${show(labelNames)}`);
  }
  const names = [...labelNames];
  if (sortNames) names.sort(compareCodePoints);
  const indices = new Map<string, number>();
  names.forEach((name, i) => {
    checkToken("labelToIndex", `name ${i}`, name);
    const first = indices.get(name);
    if (first !== undefined) {
      throw new RangeError(`labelToIndex: name ${show(name)} occurs twice, at ${first} and ${i}`);
    }
    indices.set(name, i);
  });
  return indices;
}
