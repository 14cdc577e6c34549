import type { TrainEvent } from "@rnn/train";
import { describe, expect, it } from "vitest";
import { parseOptions } from "../../options/parse.ts";
import { ForecastTraining } from "./forecast-training.ts";
import { prepareSeries } from "./prepare.ts";
import { TRAIN_OPTIONS } from "./train-options.ts";

const NOTE = { data: "", seed: 0, epochs: 1, metrics: {} };

async function trainingOf(...args: string[]): Promise<ForecastTraining> {
  const small = ["--epochs=2", "--hidden=4", "--history=12", "--stride=6"];
  const parsed = parseOptions([...small, ...args], TRAIN_OPTIONS);
  return new ForecastTraining(parsed.values, await prepareSeries(parsed));
}

/** Goes through the events; at the first message the training is interrupted if that is wanted. */
async function eventsOf(training: ForecastTraining, interrupted = false): Promise<TrainEvent<string>[]> {
  const stop = new AbortController();
  const events: TrainEvent<string>[] = [];
  for await (const event of training.events(stop.signal)) {
    events.push(event);
    if (event.type === "notice" && interrupted) stop.abort();
  }
  return events;
}

describe("the training of a forecaster", () => {
  it("ends with a network that has seen all steps before the test", async () => {
    const [once, twice] = [await trainingOf("--no-refit"), await trainingOf()];
    await eventsOf(once);
    const events = await eventsOf(twice);
    expect(events.flatMap((event) => (event.type === "notice" ? [event.message] : []))).toEqual([
      "training again for 2 epochs, on all 113 windows up to 2016-06",
    ]);
    expect(twice.encode(NOTE)).not.toEqual(once.encode(NOTE));
  });

  it("says every fifty epochs how far the second training is", async () => {
    const events = await eventsOf(await trainingOf("--epochs=104", "--stride=60", "--patience=104"));
    const notices = events.flatMap((event) => (event.type === "notice" ? [event.message] : []));
    const [, epochs] = /^training again for (\d+) epochs, /.exec(notices[0]!)!;
    expect(Number(epochs)).toBeGreaterThan(50);
    expect(notices[1]).toBe(`trained again for 50 of ${epochs} epochs`);
  });

  it("keeps the first network if the second training is interrupted", async () => {
    const [once, interrupted] = [await trainingOf("--no-refit"), await trainingOf()];
    await eventsOf(once);
    await eventsOf(interrupted, true);
    expect(interrupted.encode(NOTE)).toEqual(once.encode(NOTE));
  });

  it("is the same again from the same seed", async () => {
    const [first, second, other] = [await trainingOf(), await trainingOf(), await trainingOf("--seed=1")];
    for (const training of [first, second, other]) await eventsOf(training);
    expect(second.encode(NOTE)).toEqual(first.encode(NOTE));
    expect(other.encode(NOTE)).not.toEqual(first.encode(NOTE));
  });
});
