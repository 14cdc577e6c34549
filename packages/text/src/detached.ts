/**
 * The same string without the text it was cut from: engines keep that text alive for as long as its longer slices,
 * which would tie memory to the corpus.
 */
export function detached(token: string): string {
  return ` ${token}`.slice(1);
}
