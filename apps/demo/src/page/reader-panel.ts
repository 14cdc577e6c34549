import type { RecurrentModel } from "../tasks/classification/saved/model-file.ts";
import { byId } from "./elements.ts";
import { HeatMap, type Probe } from "./heat-map.ts";
import { type Reading, readText } from "./reading.ts";
import { tokenElements } from "./token-list.ts";
import { orderUnits, type UnitOrder } from "./unit-order.ts";

const EXAMPLES = [
  "I loved every minute of it.",
  "Not good at all.",
  "The battery died after two days, so I returned it.",
  "I expected to hate this film, but it was great!",
  "The soup was cold and the waiter was rude.",
] as const;

const POINTER_HINT = "Point at the map to read single values.";

/** The upper half of the page: a sentence, and what the chosen network does with it. */
export class ReaderPanel {
  readonly #sentence = byId("sentence", HTMLTextAreaElement);
  readonly #verdict = byId("verdict", HTMLElement);
  readonly #tokens = byId("tokens", HTMLElement);
  readonly #order = byId("order", HTMLSelectElement);
  readonly #probe = byId("probe", HTMLElement);
  readonly #map: HeatMap;
  readonly #models: Partial<Record<"saved" | "live", RecurrentModel>> = {};
  #reading: Reading | null = null;

  constructor() {
    this.#map = new HeatMap(byId("states", HTMLCanvasElement), (probe) => this.#showProbe(probe));
    this.#sentence.addEventListener("input", () => this.read());
    this.#order.addEventListener("change", () => this.#drawStates());
    byId("readers", HTMLFieldSetElement).addEventListener("change", () => this.read());
    byId("examples", HTMLElement).append(...EXAMPLES.map((text) => this.#exampleButton(text)));
  }

  /** Makes a model available under one of the two names; the first one of its name takes over the reading. */
  setModel(name: "saved" | "live", model: RecurrentModel, description: string): void {
    const isFirst = this.#models[name] === undefined;
    this.#models[name] = model;
    byId(`${name}-name`, HTMLElement).textContent = description;
    const radio = this.#radio(name);
    radio.disabled = false;
    if (isFirst) radio.checked = true;
    if (radio.checked) this.read();
  }

  /** Says why there is no saved model; the live one can still read. */
  withoutSaved(reason: string): void {
    byId("saved-name", HTMLElement).textContent = reason;
    this.#radio("saved").disabled = true;
    this.#verdict.textContent = "Train a model below; it starts to read after its first epoch.";
  }

  read(): void {
    const model = this.#radio("live").checked ? this.#models.live : this.#models.saved;
    if (model === undefined) return;
    this.#reading = readText(model, this.#sentence.value);
    const reading = this.#reading;
    this.#verdict.textContent =
      reading === null
        ? "Nothing to read yet."
        : `${reading.label}, ${(100 * reading.probability).toFixed(1)} % sure`;
    this.#tokens.replaceChildren(...(reading === null ? [] : tokenElements(reading)));
    this.#drawStates();
  }

  #drawStates(): void {
    const states = this.#reading?.states ?? [];
    this.#map.draw(states, orderUnits(states, this.#order.value as UnitOrder));
  }

  #showProbe(probe: Probe | null): void {
    this.#probe.textContent =
      probe === null
        ? POINTER_HINT
        : `unit ${probe.unit} after “${this.#reading?.tokens[probe.word] ?? ""}”: ${probe.value.toFixed(3)}`;
  }

  #exampleButton(text: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => {
      this.#sentence.value = text;
      this.read();
    });
    return button;
  }

  #radio(name: "saved" | "live"): HTMLInputElement {
    const radio = document.querySelector(`input[name="reader"][value="${name}"]`);
    if (!(radio instanceof HTMLInputElement)) throw new Error(`the page has no choice "${name}"`);
    return radio;
  }
}
