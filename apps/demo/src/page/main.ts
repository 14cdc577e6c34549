import { backend } from "@rnn/tensor";
import { decodeRecurrentModel, type RecurrentModel } from "../tasks/classification/saved/model-file.ts";
import { byId } from "./elements.ts";
import { ReaderPanel } from "./reader-panel.ts";
import { TrainingPanel } from "./training-panel.ts";

/** Where the model of `npm start` lies beside the page. */
const MODEL = "model/model.safetensors";

const reader = new ReaderPanel();
new TrainingPanel((model, description) => reader.setModel("live", model, description));
byId("backend", HTMLElement).textContent = backend();

try {
  const response = await fetch(MODEL);
  const isModel = response.ok && !response.headers.get("content-type")?.startsWith("text/html");
  if (!isModel) throw new Error("there is none beside the page; run npm start, then npm run demo");
  const saved = decodeRecurrentModel(new Uint8Array(await response.arrayBuffer()));
  reader.setModel("saved", saved, `the saved model (${described(saved)})`);
} catch (error) {
  reader.withoutSaved(`no saved model: ${error instanceof Error ? error.message : String(error)}`);
}

/** What a model is, and how good; a training that was stopped in its first epoch has not measured that. */
function described({ model, note }: RecurrentModel): string {
  const { cell, hidden, directions } = model.config;
  const facts = [cell.toUpperCase(), `${directions * hidden} units`];
  const accuracy = note.metrics["validation accuracy"];
  if (accuracy !== undefined) facts.push(`${(100 * accuracy).toFixed(1)} % on validation`);
  return facts.join(", ");
}
