/**
 * A mistake in what the user typed or in a file they gave: `where: what is wrong; what to do`.
 *
 * The command line prints it as one line and exits with code 2; every other error is a defect and keeps its stack.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** What went wrong in a call of the system, in words; what else was thrown says so itself. */
export function systemReason(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  if (code === "ENOENT") return "no such file";
  if (code === "EEXIST") return "is a file, expected a folder"; // where a folder is made
  if (code === "EISDIR") return "is a folder, expected a file";
  if (code === "ENOTDIR") return "part of the path is a file, not a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EROFS") return "the disk is read-only";
  if (code === "ENOSPC") return "no space left on the disk";
  return message;
}
