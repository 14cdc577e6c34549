/**
 * A mistake in what the user typed or in a file they gave: `where: what is wrong; what to do`.
 *
 * The command line prints it as one line and exits with code 2; every other error is a defect and keeps its stack.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}
