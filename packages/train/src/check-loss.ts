import { Variable } from "@rnn/nn";
import { wrongKind } from "./check.ts";

/** The loss that a function of the user returned; throws unless it is a variable. */
export function checkLoss(where: string, loss: unknown, expected = "a Variable"): Variable {
  if (loss instanceof Variable) return loss;
  const isPromise = typeof (loss as { then?: unknown } | null | undefined)?.then === "function";
  throw wrongKind(where, "what loss returns", expected, loss, isPromise ? "loss must not be async" : "");
}
