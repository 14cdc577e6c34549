/** Ends and middle of the diverging scale: -1 blue, 0 near white, 1 red. */
const NEGATIVE = [33, 102, 172] as const;
const ZERO = [247, 247, 247] as const;
const POSITIVE = [178, 24, 43] as const;

/** Writes the colour of a value in [-1, 1] as red, green, blue, alpha at `at`. */
export function writeColour(value: number, pixels: Uint8ClampedArray, at: number): void {
  const end = value < 0 ? NEGATIVE : POSITIVE;
  const share = Math.min(1, Math.abs(value));
  for (let k = 0; k < 3; k++) pixels[at + k] = ZERO[k]! + (end[k]! - ZERO[k]!) * share;
  pixels[at + 3] = 255;
}
