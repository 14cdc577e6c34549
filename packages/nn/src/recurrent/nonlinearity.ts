/**
 * What an RNN applies to the sum of its input and recurrent part.
 *
 * @public
 */
export type Nonlinearity = "tanh" | "relu";

/** Throws unless `nonlinearity` is one of the two. */
export function checkNonlinearity(where: string, nonlinearity: Nonlinearity): Nonlinearity {
  if (nonlinearity === "tanh" || nonlinearity === "relu") return nonlinearity;
  throw new RangeError(
    `${where}: nonlinearity must be "tanh" or "relu", got ${JSON.stringify(nonlinearity)}`,
  );
}
