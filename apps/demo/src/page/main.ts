import { backend } from "@rnn/tensor";
import { decodeRecurrentModel } from "../tasks/classification/saved/model-file.ts";
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
  const { cell, hidden, directions } = saved.model.config;
  const accuracy = (100 * (saved.note.metrics["validation accuracy"] ?? 0)).toFixed(1);
  reader.setModel(
    "saved",
    saved,
    `the saved model (${cell.toUpperCase()}, ${directions * hidden} units, ${accuracy} % on validation)`,
  );
} catch (error) {
  reader.withoutSaved(`no saved model: ${error instanceof Error ? error.message : String(error)}`);
}
