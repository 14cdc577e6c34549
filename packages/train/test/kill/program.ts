// `node program.mjs FOLDER RESULT` trains on from the checkpoints in FOLDER and, once it is through, writes to RESULT what was
// learned.
import { writeFileSync } from "node:fs";
import { FileCheckpoints } from "@rnn/train/checkpoints";
import { train } from "./training.ts";

const [, , folder, result] = process.argv as string[] as [string, string, string, string];
writeFileSync(result, await train(new FileCheckpoints(folder, { keep: 2 }), console.log));
