export { type Difference, difference, expectClose, isClose } from "./close.ts";
export { checkStated, examplesIn, type RunnableExample, runExample, runnableExamples } from "./examples.ts";
export { gradcheck } from "./gradcheck.ts";
export { type Tolerance, tolerances } from "./tolerances.ts";
