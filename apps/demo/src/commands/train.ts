import { checkWritable } from "../data/write-file.ts";
import { InputError } from "../errors.ts";
import { helpText } from "../options/help.ts";
import { type Parsed, parseOptions, peekOption } from "../options/parse.ts";
import type { OptionTable } from "../options/spec.ts";
import { TASKS } from "../tasks/index.ts";
import type { Task } from "../tasks/task.ts";
import type { Streams } from "../terminal/streams.ts";
import type { Command } from "./command.ts";
import { TrainRun } from "./train-run.ts";

/** `train`, the main job: trains, saves and shows what came out. */
export const trainCommand: Command = {
  summary: "train a network on your data or on the shipped sentences",
  run: train,
};

/** The options that every task has. */
function otherOptions({ folder }: Task) {
  const names = TASKS.map(({ name }) => name);
  return {
    task: {
      kind: "choice",
      choices: names,
      default: TASKS[0].name,
      help: "what to learn; --task NAME --help shows its options",
    },
    output: { kind: "text", shown: "DIR", default: folder, help: "folder to save the model in" },
    json: { kind: "flag", help: "print one JSON document instead of the report" },
    help: { kind: "flag", help: "print this help" },
  } as const;
}

async function train(args: readonly string[], streams: Streams): Promise<number> {
  const tables = TASKS.map((task) => tableOf(task));
  const { value } = peekOption(args, "task", tables);
  const task = TASKS.find(({ name }) => name === value) ?? TASKS[0];
  const parsed = parseOptions(args, tableOf(task)) as Parsed<OptionTable & ReturnType<typeof otherOptions>>;
  const { output, json, help } = parsed.values;
  if (help) {
    streams.out.write(trainHelp(task));
    return 0;
  }
  const [extra] = parsed.positionals;
  if (extra !== undefined)
    throw new InputError(`${extra}: train takes options only; name your data with --data`);
  const training = await task.training.prepare(parsed);
  await checkWritable(output);
  return new TrainRun(task, training, { output, json }, streams).run();
}

function tableOf(task: Task): OptionTable {
  return Object.assign({}, ...task.training.groups.map(([, table]) => table), otherOptions(task));
}

function trainHelp(task: Task): string {
  const { title, groups, examples } = task.training;
  return helpText({
    title,
    usage: [
      "npm start                            train on the shipped sentences",
      `npm start -- train [OPTIONS]         train with other settings or your own data`,
    ],
    groups: [...groups, ["other", otherOptions(task)]],
    notes: [
      "Ctrl-C stops training, saves the best model so far and exits with code 130.\n" +
        "A mistake in options or files is one line on standard error and exit code 2; no file is overwritten then.",
    ],
    examples,
  });
}
