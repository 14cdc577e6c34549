import { classification } from "./classification/index.ts";
import { forecast } from "./forecast/index.ts";
import { languageModel } from "./language-model/index.ts";
import type { Task } from "./task.ts";

/** What can be trained. The first is what a command line without a task means. */
export const TASKS: readonly [Task, ...Task[]] = [classification, languageModel, forecast];
