import { lstmLosses, type Report } from "./network.ts";

/** What the test calls in the page. */
(globalThis as { train?: typeof train }).train = train;

/** Trains with so many replicas, in workers that run `replica`. */
function train(parallel: number | undefined, replica: string): Promise<Report> {
  return lstmLosses(parallel, () => new Worker(new URL(replica, location.href), { type: "module" }));
}
