/** A name for people as a key of JSON: "bits per character" -> "bitsPerCharacter", "test MAE" -> "testMAE". */
export function jsonName(name: string): string {
  const [first = "", ...others] = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return first + others.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

/** An object with its own keys, not those within, as {@link jsonName} makes them. */
export function withJsonNames<T>(object: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [jsonName(name), value]));
}
