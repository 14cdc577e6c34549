import { checkWritable } from "../data/write-file.ts";
import { InputError } from "../errors.ts";
import { trainHelp } from "../options/help.ts";
import { parseOptions } from "../options/parse.ts";
import { prepareData } from "../tasks/classification/prepare.ts";
import { TRAIN_OPTIONS } from "../tasks/classification/train-options.ts";
import type { Streams } from "./streams.ts";
import { TrainRun } from "./train-run.ts";

/** `train`, the main job: trains, saves and shows what came out. Returns the exit code. */
export async function trainCommand(args: readonly string[], streams: Streams): Promise<number> {
  const { values: options, given, positionals } = parseOptions(args, TRAIN_OPTIONS);
  if (options.help) {
    streams.out.write(trainHelp());
    return 0;
  }
  if (positionals.length > 0) {
    throw new InputError(
      `${positionals[0]}: unknown command; expected predict, or none to train; see --help`,
    );
  }
  const data = await prepareData(options, given);
  await checkWritable(options.output);
  return new TrainRun(options, data, streams).run();
}
