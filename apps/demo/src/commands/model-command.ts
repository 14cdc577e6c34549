import { InputError } from "../errors.ts";
import { type CommonOptions, commonOptions } from "../options/common-options.ts";
import { helpText } from "../options/help.ts";
import { parseOptions, peekOption } from "../options/parse.ts";
import type { OptionGroups } from "../options/spec.ts";
import { TASKS } from "../tasks/index.ts";
import type { Task, TaskCommand, TaskCommandName } from "../tasks/task.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";
import type { Command } from "./command.ts";
import { openModel } from "./open-model.ts";

/** The words of a command. */
export interface ModelCommandTexts {
  /** For the list of commands. */
  readonly summary: string;
  /** First line of its help. */
  readonly title: string;
}

/** A command that reads a saved model and leaves the work to the model's task. */
export function modelCommand(name: TaskCommandName, texts: ModelCommandTexts): Command {
  return { summary: texts.summary, run: (args, streams) => runModelCommand(name, texts, args, streams) };
}

/** A task that has a command, and what it does in it. */
type Implementation = readonly [task: Task, command: TaskCommand<unknown>];

async function runModelCommand(
  name: TaskCommandName,
  texts: ModelCommandTexts,
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  const implementations = TASKS.flatMap((task): Implementation[] => {
    const command = task.commands[name];
    return command === undefined ? [] : [[task, command]];
  });
  const [first = TASKS[0]] = implementations.map(([task]) => task);
  const common = commonOptions(first.folder);
  // which options there are depends on the model, so that comes first
  const tables = [common, ...implementations.map(([, command]) => command.options)];
  const { value: folder = first.folder, help, given } = peekOption(args, "model", tables);
  if (help) {
    streams.out.write(modelHelp(name, texts, implementations, common, widthOf(streams.out)));
    return 0;
  }
  const { path, task, saved } = await openModel(folder, trainingOf(first));
  const command = task.commands[name];
  if (command === undefined) throw refusal(path, task, name, implementations);
  const table = { ...command.options, ...common };
  const foreign = given.find((option) => !Object.hasOwn(table, option));
  if (foreign !== undefined) {
    const owner = implementations.find(([, { options }]) => Object.hasOwn(options, foreign));
    throw new InputError(`--${foreign}: is for ${owner?.[0].noun}, but ${path} is ${task.noun}`);
  }
  const parsed = parseOptions(args, table);
  const [extra] = parsed.positionals;
  if (extra !== undefined && command.operands === undefined) {
    throw new InputError(`${extra}: ${name} takes options only; see ${name} --help`);
  }
  await command.run(saved, parsed, streams);
  return 0;
}

/** The command line that trains a task's model. */
function trainingOf(task: Task): string {
  return task === TASKS[0] ? "npm start" : `npm start -- train --task ${task.name}`;
}

function refusal(
  path: string,
  { noun, commands }: Task,
  name: string,
  implementations: readonly Implementation[],
): InputError {
  const wanted = implementations.map(([task]) => task.noun).join(" or ");
  const instead = Object.keys(commands).join(" or ");
  return new InputError(
    `${path}: is ${noun}, but ${name} needs ${wanted}; use ${instead}, or another --model`,
  );
}

function modelHelp(
  name: string,
  { title }: ModelCommandTexts,
  implementations: readonly Implementation[],
  common: CommonOptions,
  width: number,
): string {
  const operands = [...new Set(implementations.flatMap(([, command]) => command.operands ?? []))];
  const usage = ["npm start --", name, "[OPTIONS]", ...operands].join(" ");
  const tables = implementations.map(([{ noun }, { options }]) => [`for ${noun}`, options] as const);
  const groups: OptionGroups =
    tables.length === 1 ? [["options", { ...tables[0]![1], ...common }]] : [["options", common], ...tables];
  const examples = implementations.flatMap(([, { examples }]) => examples);
  return helpText({ title, usage: [usage], groups, examples }, width);
}
