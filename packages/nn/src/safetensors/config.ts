import type { Module, ModuleConfig } from "../module.ts";
import { printed, SafetensorsError } from "./error.ts";

/** Metadata key of what {@link configText} writes. */
export const CONFIG_KEY = "rnn.config";

/** The configs of a model and of the modules below it, by dotted name, as JSON. */
export function configText(model: Module): string {
  return JSON.stringify(Object.fromEntries(configs(model)));
}

/** Throws unless what the file says about modules that the model has is what they say themselves. */
export function checkConfig(text: string, model: Module): void {
  const saved = parsed(text);
  const problems = configs(model).flatMap(([path, config]) => differences(path, saved.get(path), config));
  if (problems.length === 0) return;
  throw new Error(`loadSafetensors: the file is of another model: ${problems.join("; ")}`);
}

function configs(model: Module): [string, ModuleConfig][] {
  return model
    .namedModules()
    .map(([path, module]): [string, ModuleConfig] => [path, module.getConfig()])
    .filter(([, config]) => Object.keys(config).length > 0);
}

/** What is known on both sides and differs: of another class, only that. */
function differences(
  path: string,
  saved: ReadonlyMap<string, unknown> = new Map(),
  config: ModuleConfig,
): string[] {
  const differs = (name: string): boolean =>
    saved.has(name) && JSON.stringify(saved.get(name)) !== JSON.stringify(config[name]);
  const names = differs("class") ? ["class"] : Object.keys(config).filter(differs);
  return names.map((name) => {
    const there = printed(saved.get(name));
    return `${path}${path && "."}${name} is ${there} in it, ${printed(config[name])} here`;
  });
}

/** Maps, because a stranger's names may be those of prototypes. */
function parsed(text: string): Map<string, Map<string, unknown>> {
  try {
    const configs = entries(JSON.parse(text));
    return new Map(configs.map(([path, config]) => [path, new Map(entries(config))]));
  } catch {
    throw new SafetensorsError(`"${CONFIG_KEY}" must be a JSON object of objects, got ${printed(text)}`);
  }
}

function entries(value: unknown): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new TypeError();
}
