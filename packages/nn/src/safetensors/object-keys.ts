/** A name that occurs twice in one object of a JSON text. */
export class DuplicateKey {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

/**
 * The keys of the outermost object of a valid JSON text, in the order of the text, or the first key that occurs twice
 * anywhere. `JSON.parse` says neither: it puts numeric keys first and keeps the last of equal ones.
 */
export function keysInOrder(json: string): string[] | DuplicateKey {
  /** Keys of each object that is open; `null` for an array. */
  const open: (Set<string> | null)[] = [];
  const outermost = new Set<string>();
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (char === "{") open.push(open.length === 0 ? outermost : new Set());
    else if (char === "[") open.push(null);
    else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const start = i;
      while (json[++i] !== '"') if (json[i] === "\\") i++;
      if (!isBeforeColon(json, i + 1)) continue;
      const key = JSON.parse(json.slice(start, i + 1)) as string;
      const keys = open[open.length - 1] as Set<string>;
      if (keys.has(key)) return new DuplicateKey(key);
      keys.add(key);
    }
  }
  return [...outermost];
}

function isBeforeColon(json: string, from: number): boolean {
  let at = from;
  while (json[at] === " " || json[at] === "\n" || json[at] === "\t" || json[at] === "\r") at++;
  return json[at] === ":";
}
