import { attempt } from "./accident.ts";
import { NotApplicable } from "./verdict.ts";

const answers = new Map<string, boolean>();

/**
 * Stops the case unless the library has an option, such as `LSTM option projSize`.
 *
 * Options cannot be seen in a list of exports: the probe tries the option on a tiny example and says whether it has
 * an effect. It is asked once.
 *
 * @throws NotApplicable if the option is absent.
 */
export function needOption(option: string, probe: () => boolean): void {
  let present = answers.get(option);
  if (present === undefined) {
    present = attempt(probe).value ?? false;
    answers.set(option, present);
  }
  if (!present) throw new NotApplicable(`there is no ${option}`);
}
