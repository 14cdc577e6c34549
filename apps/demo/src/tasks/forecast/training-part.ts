import type { Parsed } from "../../options/parse.ts";
import type { Training, TrainingPart } from "../task.ts";
import { ForecastTraining } from "./forecast-training.ts";
import { prepareSeries } from "./prepare.ts";
import { TRAIN_GROUPS, type TRAIN_OPTIONS } from "./train-options.ts";

/** How forecasters are trained. */
export const training: TrainingPart = {
  title: "Trains a recurrent network to forecast a time series, by default the monthly CO2 of Mauna Loa.",
  groups: TRAIN_GROUPS,
  examples: [
    "npm start -- train --task forecast",
    "npm start -- train --task forecast --quantiles 0.1,0.5,0.9",
    "npm start -- train --task forecast --data load.csv --date Datetime --target MW --history 168 --horizon 24",
  ],
  async prepare(options: Parsed<typeof TRAIN_OPTIONS>): Promise<Training> {
    return new ForecastTraining(options.values, await prepareSeries(options));
  },
};
