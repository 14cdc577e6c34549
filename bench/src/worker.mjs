/**
 * One workload of one library, alone in its process: `node worker.mjs LIBRARY WORKLOAD SECONDS`. Prints JSON lines.
 */
import { libraries } from "./libraries/index.mjs";
import { gemmShapes, models, stream, textMegabytes } from "./workloads.mjs";

const [name, workload, seconds = "3"] = process.argv.slice(2);
const library = (await libraries[name].load()).default;

if (workload === "cold_start") {
  const step = await library.train(models.timeseries_train);
  const loss = await step(0);
  print({ metric: "first_step", loss }); // the parent reads the clock when this line arrives
  process.exit(0);
}

// not needed for a cold start, so not loaded for one
const { secondsPerCall } = await import("./measure.mjs");
const time = (run) => secondsPerCall(run, Number(seconds));

if (workload === "gemm") await gemm();
else if (workload === "yardstick") await measureYardstick();
else if (workload === "infer_stream") await inferStream();
else if (workload === "tokenize") await tokenize();
else await train();
process.exit(0); // some libraries keep workers alive

async function gemm() {
  const { uniform } = await import("./data.mjs");
  for (const [m, k, n] of gemmShapes) {
    const run = await library.gemm(m, k, n, uniform(m * k, 1, 1), uniform(k * n, 2, 1));
    const value = (2 * m * k * n) / (await time(run)) / 1e9;
    print({ metric: `${m}x${k}x${n}`, value, unit: "GFLOP/s" });
  }
}

async function measureYardstick() {
  const { yardstick } = await import("./yardstick.mjs");
  const { run, operations } = yardstick();
  print({ metric: "yardstick", value: operations / (await time(run)) / 1e9, unit: "GFLOP/s" });
}

async function train() {
  const model = models[workload];
  const step = await library.train(model);
  const losses = [];
  for (let i = 0; i < 5; i++) losses.push(await step(i));
  const value = model.perStep / (await time((i) => step(i + losses.length)));
  print({ metric: "training", value, unit: model.unit, losses, peakMegabytes: peakMegabytes() });
}

async function inferStream() {
  const { step, sequence } = await library.stream(stream);
  const checksum = (await sequence()).reduce((sum, h) => sum + h, 0);
  print({ metric: "step", value: 1 / (await time(step)), unit: "steps/s" });
  print({ metric: "sequence", value: 1 / (await time(sequence)), unit: "sequences/s", checksum });
}

async function tokenize() {
  const { reviews } = await import("./reviews.mjs");
  const lines = reviews(textMegabytes);
  const megabytes = Buffer.byteLength(lines.join("\n")) / 1e6;
  const tokenizer = await library.tokenizer();
  let tokens = 0;
  const run = () => {
    tokens = 0;
    for (const line of lines) tokens += tokenizer(line).length;
  };
  print({ metric: "basic_english", value: megabytes / (await time(run)), unit: "MB/s", tokens });
}

/** The most memory this process ever held; Node reports kilobytes on every platform. */
function peakMegabytes() {
  return process.resourceUsage().maxRSS / 1024;
}

function print(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
