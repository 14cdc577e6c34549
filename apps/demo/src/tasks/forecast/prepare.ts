import { InputError } from "../../errors.ts";
import type { Parsed } from "../../options/parse.ts";
import { loadSeries, type SeriesColumns, SHIPPED } from "./data/read-series.ts";
import type { TimeSeries } from "./data/series.ts";
import { usualSeason } from "./data/step.ts";
import { type ForecastTask, usualTestSteps } from "./forecast-task.ts";
import { names, readCalendar, readQuantiles } from "./read-options.ts";
import type { TRAIN_OPTIONS, TrainOptions } from "./train-options.ts";

/** A series with its parts, and what is to be forecast. */
export interface PreparedSeries {
  readonly series: TimeSeries;
  /** Short name for the saved model. */
  readonly name: string;
  /** Where validation and test begin. */
  readonly validationStart: number;
  readonly testStart: number;
  readonly task: Omit<ForecastTask, "scaler">;
}

/**
 * Reads the series and divides it: training, then validation, then test.
 *
 * @throws {@link InputError} if options or file do not fit.
 */
export async function prepareSeries({
  values,
  given,
}: Parsed<typeof TRAIN_OPTIONS>): Promise<PreparedSeries> {
  const columns = columnsOf(values, given);
  const path = values.data ?? SHIPPED.file;
  const series = await loadSeries(path, columns);
  const { step, rows } = series;
  const season = values.season === 0 ? usualSeasonOf(series) : values.season;
  const task = {
    columns,
    step,
    season,
    horizon: values.horizon,
    strategy: values.strategy as ForecastTask["strategy"],
    calendar: readCalendar(values.calendar, step),
    quantiles: readQuantiles(values.quantiles),
  };
  checkStrategy(task);
  const testSteps = values["test-steps"] || usualTestSteps(task, rows.length);
  const validationSteps = values["validation-steps"] || testSteps;
  const testStart = rows.length - testSteps;
  const validationStart = testStart - validationSteps;
  for (const [part, steps] of [
    ["test", testSteps],
    ["validation", validationSteps],
  ] as const) {
    if (steps >= values.horizon) continue;
    throw new InputError(`--${part}-steps: ${steps} are fewer than --horizon ${values.horizon}`);
  }
  const least = values.history + values.horizon;
  if (validationStart < least) {
    throw new InputError(
      `${series.source}: ${Math.max(0, validationStart)} of its ${rows.length} steps are left for training, but a window has ` +
        `${least} (--history and --horizon); use a longer series or shorter windows`,
    );
  }
  checkSeason(values.season, testStart);
  if (series.rows.slice(testStart).every(([value]) => Number.isNaN(value))) {
    throw new InputError(
      `${series.source}: none of its last ${testSteps} steps has a value to test with; take more with --test-steps`,
    );
  }
  const name = values.data === undefined ? "CO2 of Mauna Loa" : path.replace(/^.*[\\/]/, "");
  return { series, name, validationStart, testStart, task };
}

/** The usual season of such steps; 1 if the series is too short to have seen two. */
function usualSeasonOf({ step, rows }: TimeSeries): number {
  const season = usualSeason(step);
  return 2 * season > rows.length ? 1 : season;
}

function checkSeason(season: number, known: number): void {
  if (season < known) return;
  throw new InputError(
    `--season: a season of ${season} steps has never been seen whole before the test, which has ${known} steps before it; ` +
      "choose a shorter one, or 1 for none",
  );
}

function columnsOf(values: TrainOptions, given: ReadonlySet<string>): SeriesColumns {
  if (values.data !== undefined) {
    const { date, target } = values;
    const inputs = names(values.inputs);
    if (inputs.includes(target)) {
      throw new InputError(`--inputs: "${target}" is the target, which is looked at in any case`);
    }
    const twice = inputs.find((name, i) => inputs.indexOf(name) < i);
    if (twice === undefined) return { date, target, inputs };
    throw new InputError(`--inputs: names "${twice}" twice`);
  }
  const needless = ["date", "target", "inputs"].find((option) => given.has(option));
  if (needless === undefined) return SHIPPED.columns;
  throw new InputError(`--${needless}: chooses a column of your own file; name it with --data FILE`);
}

function checkStrategy({ strategy, columns, quantiles }: Omit<ForecastTask, "scaler">): void {
  if (strategy === "direct") return;
  if (columns.inputs.length > 0) {
    throw new InputError("--inputs: their future is not known, so --strategy recursive cannot have them");
  }
  if (quantiles.length > 0) {
    throw new InputError(
      "--quantiles: --strategy recursive feeds one number back, which has none; use --strategy direct",
    );
  }
}
