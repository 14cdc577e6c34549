import { show } from "./show.ts";

/**
 * The members of a parsed JSON value, which may come from a stranger: it must have `"format"` and `"version"` as given
 * and exactly the other members named.
 *
 * @throws TypeError saying which member is wrong, and how.
 */
export function membersOf<Member extends string>(
  where: string,
  json: unknown,
  format: string,
  names: readonly Member[],
): Record<Member, unknown> {
  const fail = (problem: string): never => {
    throw new TypeError(`${where}: ${problem}`);
  };
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    const advice = typeof json === "string" ? "; pass JSON.parse(text)" : "";
    return fail(`expected an object, got ${show(json)}${advice}`);
  }
  const all: readonly string[] = ["format", "version", ...names];
  for (const name of all) if (!Object.hasOwn(json, name)) fail(`"${name}" is missing`);
  for (const key of Object.keys(json)) if (!all.includes(key)) fail(`unexpected member ${show(key)}`);
  const members = json as Record<Member | "format" | "version", unknown>;
  if (members.format !== format) fail(`"format" must be "${format}", got ${show(members.format)}`);
  if (members.version !== 1) fail(`"version" must be 1, got ${show(members.version)}`);
  return members;
}
