import { checkWritable } from "../data/write-file.ts";
import { InputError } from "../errors.ts";
import { helpText } from "../options/help.ts";
import { type Parsed, parseOptions, peekOption } from "../options/parse.ts";
import type { OptionTable } from "../options/spec.ts";
import { TASKS } from "../tasks/index.ts";
import type { Task } from "../tasks/task.ts";
import { anyOf } from "../terminal/lists.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";
import type { Command } from "./command.ts";
import { TrainRun } from "./train-run.ts";

/** `train`, the main job: trains, saves and shows what came out. */
export const trainCommand: Command = {
  summary: "train a network on your data, or on data that comes with it",
  run: train,
};

/** The options that `train` adds to those of every task. */
function commonOptions({ folder }: Task) {
  const names = TASKS.map(({ name }) => name);
  return {
    task: {
      kind: "choice",
      choices: names,
      shown: "NAME",
      default: TASKS[0].name,
      help: `what to learn: ${anyOf(names)}; --task NAME --help shows the options of each`,
    },
    output: { kind: "text", shown: "DIR", default: folder, help: "folder to save the model in" },
    json: { kind: "flag", help: "print one JSON document instead of the report" },
    help: { kind: "flag", help: "print this help" },
  } as const;
}

async function train(args: readonly string[], streams: Streams): Promise<number> {
  const tables = TASKS.map((task) => tableOf(task));
  const { value = TASKS[0].name, given } = peekOption(args, "task", tables);
  const task = TASKS.find(({ name }) => name === value) ?? TASKS[0];
  checkTask(task, given);
  const parsed = parseOptions(args, tableOf(task)) as Parsed<OptionTable & ReturnType<typeof commonOptions>>;
  const { output, json, help } = parsed.values;
  if (help) {
    streams.out.write(trainHelp(task, widthOf(streams.out)));
    return 0;
  }
  const [extra] = parsed.positionals;
  if (extra !== undefined)
    throw new InputError(`${extra}: train takes options only; name your data with --data`);
  const training = await task.training.prepare(parsed);
  await checkWritable(output);
  return new TrainRun(task, training, { output, json }, streams).run();
}

/** Refuses options of another task, and says whose they are: the parser could only call them unknown. */
function checkTask(task: Task, given: readonly string[]): void {
  const own = tableOf(task);
  const foreign = given.find((name) => !Object.hasOwn(own, name));
  if (foreign === undefined) return;
  const owner = TASKS.find((other) => Object.hasOwn(tableOf(other), foreign));
  throw new InputError(
    `--${foreign}: is for --task ${owner?.name}, but this is ${task.name}; see train --task ${task.name} --help`,
  );
}

function tableOf(task: Task): OptionTable {
  return Object.assign({}, ...task.training.groups.map(([, table]) => table), commonOptions(task));
}

function trainHelp(task: Task, width: number): string {
  const { title, groups, examples } = task.training;
  const { task: choice, ...others } = commonOptions(task);
  const usage =
    task === TASKS[0]
      ? [
          "npm start                      train on the shipped sentences",
          "npm start -- train [OPTIONS]   train with other settings or your own data",
        ]
      : [`npm start -- train --task ${task.name} [OPTIONS]`];
  return helpText(
    {
      title,
      usage,
      groups: [["task", { task: choice }], ...groups, ["other", others]],
      notes: [
        "Ctrl-C stops training, saves the best model so far (in the first epoch the weights as they are, unless there is a " +
          "model already) and exits with code 130. A mistake in options or files is " +
          "one line on standard error and exit code 2; no file is overwritten then.",
      ],
      examples,
    },
    width,
  );
}
