import { describe } from "../check.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import type { Scaler } from "./scaled-columns.ts";
import { StandardScaler } from "./standard-scaler.ts";

/**
 * The scaler that was saved, whichever it is.
 *
 * @throws TypeError if `json` is no saved scaler.
 * @throws RangeError if its numbers make no scaler.
 *
 * @example
 * ```ts
 * import { MinMaxScaler, scalerFromJSON } from "@rnn/train/forecasting";
 *
 * const saved = JSON.stringify(new MinMaxScaler().fit([10, 20]));
 * scalerFromJSON(JSON.parse(saved)).transform([15]); // => [0.5]
 * ```
 *
 * @public
 */
export function scalerFromJSON(json: unknown): Scaler {
  const type = (json as { type?: unknown } | null | undefined)?.type;
  if (type === "StandardScaler") return StandardScaler.fromJSON(json);
  if (type === "MinMaxScaler") return MinMaxScaler.fromJSON(json);
  const got = typeof json === "object" && json !== null ? `type ${describe(type)}` : describe(json);
  throw new TypeError(`scalerFromJSON: expected type "StandardScaler" or "MinMaxScaler", got ${got}`);
}
