/** `Où êtes-vous` as `Ou etes-vous`, character by character, so that both have the same length. */
export function withoutAccents(text: string): string {
  return [...text].map((character) => [...character.normalize("NFD")][0]).join("");
}
