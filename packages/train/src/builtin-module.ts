/** A module of Node, which Bun and Deno have too. Packages are compiled without Node's types, and bundled for browsers. */
export function builtinModule<Module>(where: string, name: string, advice: string): Module {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const found = process?.getBuiltinModule?.(name);
  if (found === undefined) throw new Error(`${where}: there is no file system here; ${advice}`);
  return found as Module;
}
