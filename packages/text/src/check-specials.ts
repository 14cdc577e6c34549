import { checkToken, isIterableObject } from "./checks.ts";
import { show } from "./show.ts";

/**
 * Copies special tokens.
 *
 * @throws TypeError unless they are a list of strings.
 * @throws RangeError if one occurs twice.
 */
export function checkedSpecials(where: string, specials: unknown): string[] {
  if (!isIterableObject(specials)) {
    throw new TypeError(`${where}: specials must be a list of tokens, got ${show(specials)}`);
  }
  const checked: string[] = [];
  for (const token of specials) {
    checkToken(where, `special ${checked.length}`, token);
    if (checked.includes(token)) throw new RangeError(`${where}: special token ${show(token)} occurs twice`);
    checked.push(token);
  }
  return checked;
}
