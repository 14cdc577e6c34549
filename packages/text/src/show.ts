const LONGEST = 40;

/** A value as error messages print it: strings quoted and cut, containers by kind and size only. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST ? `${JSON.stringify(value.slice(0, LONGEST))}...` : JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? `an array of ${value.length}` : "an object";
    case "function":
      return "a function";
    default:
      return String(value);
  }
}
