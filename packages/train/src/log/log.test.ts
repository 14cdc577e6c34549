import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EndEvent, EpochEvent, StartEvent, StepEvent, TrainEvent } from "@rnn/train";
import { csvLogger, jsonLinesLogger, type Logger, logTo, Progress, progressLogger } from "@rnn/train/log";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

const scratch = mkdtempSync(join(tmpdir(), "rnn-log-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());

const start: StartEvent = { type: "start", epochs: 2, batches: 2, parameters: 3, steps: 0 };
const step = (n: number): StepEvent => ({
  type: "step",
  epoch: Math.ceil(n / 2),
  step: n,
  batch: 2 - (n % 2),
  batches: 2,
  samples: 8,
  loss: 1 / n,
  gradientNorm: n === 1 ? null : 0.5,
  learningRate: 0.1,
});
const epoch = (n: number): EpochEvent<"f1" | "a,b"> => ({
  type: "epoch",
  epoch: n,
  epochs: 2,
  trainLoss: 0.5,
  trainMetrics: null,
  validation: { loss: Number.NaN, metrics: { f1: 0.25, "a,b": 1 }, samples: 4 },
  isBest: n === 1,
  learningRate: 0.1,
  seconds: 1.2,
});
const end: EndEvent = {
  type: "end",
  reason: "completed",
  message: "completed 2 epochs",
  epochs: 2,
  steps: 4,
  bestEpoch: 1,
  seconds: 2.4,
};
const events: TrainEvent<"f1" | "a,b">[] = [
  start,
  step(1),
  step(2),
  epoch(1),
  step(3),
  { type: "checkpoint", epoch: 1, step: 3 },
  step(4),
  epoch(2),
  { type: "notice", message: "one thread does all" },
  end,
];

/** What a logger writes about all events. */
function written(make: (sink: { write(text: string): void }) => Logger): string {
  let text = "";
  const logger = make({
    write(piece) {
      text += piece;
    },
  });
  for (const event of events) logger.log(event);
  logger.close?.();
  return text;
}

describe("csvLogger", () => {
  test("one row per epoch, with the metrics", () => {
    expect(written((sink) => csvLogger(sink))).toBe(
      'epoch,trainLoss,validationLoss,validationF1,"validationA,b",learningRate,isBest,seconds\n' +
        "1,0.5,NaN,0.25,1,0.1,true,1.2\n" +
        "2,0.5,NaN,0.25,1,0.1,false,1.2\n",
    );
  });

  test("with the metrics over the training batches, if there are any", () => {
    const lines: string[] = [];
    const logger = csvLogger({ write: (line) => lines.push(line) });
    logger.log({ ...epoch(1), trainMetrics: { f1: 0.5, "a,b": 0.75 } });
    expect(lines).toEqual([
      'epoch,trainLoss,trainF1,"trainA,b",validationLoss,validationF1,"validationA,b",learningRate,isBest,seconds\n',
      "1,0.5,0.5,0.75,NaN,0.25,1,0.1,true,1.2\n",
    ]);
  });

  test("or one per step; what is not known is empty", () => {
    expect(written((sink) => csvLogger(sink, { rows: "step" }))).toBe(
      "epoch,step,batch,samples,loss,gradientNorm,learningRate\n" +
        "1,1,1,8,1,,0.1\n1,2,2,8,0.5,0.5,0.1\n2,3,1,8,0.3333333333333333,0.5,0.1\n2,4,2,8,0.25,0.5,0.1\n",
    );
  });

  test("a file is appended to, without a second line of names", () => {
    const path = join(scratch, "new folder", "run.csv");
    for (const n of [1, 2]) {
      const logger = csvLogger(path);
      logger.log(epoch(n));
      logger.close?.();
    }
    expect(readFileSync(path, "utf8").split("\n").length).toBe(4);
  });
});

describe("a csv file that is there already", () => {
  const names = "epoch,trainLoss,validationLoss,learningRate,isBest,seconds";
  const plain = (n: number): EpochEvent => ({
    ...epoch(n),
    validation: { loss: 0.25, metrics: {}, samples: 4 },
  });
  const file = (name: string, content: string) => {
    const path = join(scratch, name);
    writeFileSync(path, content);
    return path;
  };
  const log = (path: string, options = {}) => {
    const logger = csvLogger(path, options);
    try {
      logger.log(plain(1));
    } finally {
      logger.close?.();
    }
    return readFileSync(path, "utf8");
  };

  test("is continued on a line of its own, however its lines end", () => {
    const row = "1,0.5,0.25,0.1,true,1.2\n";
    expect(log(file("cut.csv", `${names}\n1,2`))).toBe(`${names}\n1,2\n${row}`);
    expect(log(file("names.csv", names))).toBe(`${names}\n${row}`);
    expect(log(file("windows.csv", `\ufeff${names}\r\n`))).toBe(`\ufeff${names}\r\n${row}`);
  });

  test("keeps what it has if the columns are others", () => {
    const old = "epoch,trainLoss\n1,2\n";
    const path = file("other.csv", old);
    expect(() => log(path)).toThrow(
      new RangeError(
        `csvLogger: ${JSON.stringify(path)} begins with epoch,trainLoss, but rows are now ${names}; ` +
          "write to another file, or pass append: false to empty this one",
      ),
    );
    expect(readFileSync(path, "utf8")).toBe(old);
    expect(log(path, { append: false })).toBe(`${names}\n1,0.5,0.25,0.1,true,1.2\n`);
  });

  test("nor does a stream get rows of other columns", () => {
    const logger = csvLogger({ write() {} });
    logger.log(plain(1));
    expect(() => logger.log(epoch(2))).toThrow(
      `csvLogger: the table begins with ${names}, but rows are now epoch,trainLoss,validationLoss,validationF1,"validationA,b",`,
    );
  });
});

test.each([csvLogger, jsonLinesLogger])("%o goes on in its file when it is used again", (make) => {
  const path = join(scratch, `${make.name} again`);
  const logger = make(path, { append: false });
  for (const n of [1, 2]) {
    logger.log(epoch(n));
    logger.close?.();
    logger.close?.();
  }
  expect(readFileSync(path, "utf8").trimEnd().split("\n").length).toBe(make === csvLogger ? 3 : 2);
});

describe("jsonLinesLogger", () => {
  test("begins on a line of its own after one that was cut", () => {
    const path = join(scratch, "cut.jsonl");
    writeFileSync(path, '{"type":"st');
    for (const _ of [1, 2]) {
      const logger = jsonLinesLogger(path);
      logger.log({ type: "notice", message: "x" });
      logger.close?.();
    }
    const line = '{"type":"notice","message":"x"}\n';
    expect(readFileSync(path, "utf8")).toBe(`{"type":"st\n${line}${line}`);
  });

  test("every event is a line", () => {
    const lines = written((sink) => jsonLinesLogger(sink)).split("\n");
    expect(lines.length).toBe(events.length + 1);
    expect(JSON.parse(lines[1]!)).toEqual(step(1));
    expect(JSON.parse(lines[3]!).validation.loss).toBe("NaN");
  });

  test("steps can be left out", () => {
    expect(written((sink) => jsonLinesLogger(sink, { steps: false })).match(/\n/g)?.length).toBe(6);
  });

  test("a file has a line as soon as it is logged", () => {
    const path = join(scratch, "run.jsonl");
    const logger = jsonLinesLogger(path);
    logger.log(start);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(start);
    logger.close?.();
  });
});

describe("progressLogger", () => {
  test("elsewhere than on a terminal: a line for every epoch and the end", () => {
    expect(written((sink) => progressLogger(sink))).toBe(
      "epoch 1/2  loss 0.5000  validation loss NaN  f1 0.250  a,b 1.000  1.2 s  best so far\n" +
        "epoch 2/2  loss 0.5000  validation loss NaN  f1 0.250  a,b 1.000  1.2 s\n" +
        "one thread does all\n" +
        "completed 2 epochs (2.4 s)\n",
    );
  });

  test("metrics over the training batches stand behind their loss", () => {
    const lines: string[] = [];
    const logger = progressLogger({ write: (line) => lines.push(line) });
    logger.log({ ...epoch(2), trainMetrics: { f1: 0.5, "a,b": 0.75 } });
    expect(lines).toEqual([
      "epoch 2/2  loss 0.5000  f1 0.500  a,b 0.750  validation loss NaN  f1 0.250  a,b 1.000  1.2 s\n",
    ]);
  });

  test("on a terminal: a bar in between, with rate and time left", () => {
    let time = 0;
    vi.stubGlobal("performance", { now: () => time });
    const pieces: string[] = [];
    const logger = progressLogger({ write: (text) => pieces.push(text), isTTY: true, columns: 100 });
    logger.log(start);
    logger.log(step(1));
    time = 2000;
    logger.log(step(2));
    logger.log(epoch(1));
    const bar = "▕███████████████               ▏";
    expect(pieces.slice(-3)).toEqual([
      `\repoch 1/2  ${bar}  50 %  1 batches/s  at most 2.0 s left  loss 0.5000\u001b[K`,
      "\r\u001b[K",
      "epoch 1/2  loss 0.5000  validation loss NaN  f1 0.250  a,b 1.000  1.2 s  best so far\n",
    ]);
  });

  test("a resumed training does not count what was done before as speed", () => {
    let time = 0;
    vi.stubGlobal("performance", { now: () => time });
    const pieces: string[] = [];
    const logger = progressLogger({ write: (text) => pieces.push(text), isTTY: true, columns: 100 });
    logger.log({ ...start, steps: 2 });
    time = 500;
    logger.log(step(3));
    time = 1000;
    logger.log(step(4));
    expect(pieces.at(-1)).toContain("100 %  4 batches/s  at most 0.0 s left");
  });

  test("batches that nobody counted: no share and no time left", () => {
    let time = 0;
    vi.stubGlobal("performance", { now: () => time });
    const pieces: string[] = [];
    const logger = progressLogger({ write: (text) => pieces.push(text) });
    logger.log({ ...start, batches: null });
    for (const n of [1, 2]) {
      time += 20_000;
      logger.log(step(n));
    }
    expect(pieces.at(-1)).toBe("epoch 1/2: 2 batches, 0.05 batches/s, loss 0.5000\n");
  });
});

describe("Progress", () => {
  function recorder(isTTY: boolean, columns = 100) {
    const written: string[] = [];
    return { written, isTTY, columns, write: (text: string) => written.push(text) };
  }
  let time = 0;
  const seconds = () => time;

  test("draws over the same line of a terminal, no more often than eyes can follow", () => {
    const output = recorder(true);
    time = 0;
    const progress = new Progress(output, { total: 1000, unit: "texts", seconds });
    time = 1;
    progress.update({ title: "reading", done: 281, note: "3 empty" });
    const bar = "▕████████▍                     ▏";
    expect(output.written).toEqual([`\rreading  ${bar}  28 %  281 texts/s  2.6 s left  3 empty\u001b[K`]);
    time = 1.01;
    progress.update({ title: "reading", done: 290 });
    expect(output.written).toHaveLength(1);
    progress.clear();
    progress.clear();
    expect(output.written.slice(1)).toEqual(["\r\u001b[K"]);
    progress.update({ title: "reading", done: 291 });
    expect(output.written).toHaveLength(3);
  });

  test("nothing to do is done", () => {
    const output = recorder(true);
    new Progress(output, { total: 0, unit: "texts", seconds }).update({ title: "reading", done: 0 });
    expect(output.written).toEqual([`\rreading  ▕${"█".repeat(30)}▏ 100 %  \u001b[K`]);
  });

  test("the bar leaves room for all that is said beside it", () => {
    for (const columns of [70, 75, 80]) {
      const output = recorder(true, columns);
      time = 0;
      const progress = new Progress(output, { total: 100, unit: "texts", seconds });
      time = 1;
      progress.update({ title: "epoch 1/30", done: 25, note: "loss 0.412" });
      const line = output.written[0]!.replace("\r", "").replace("\u001b[K", "");
      expect(line).toMatch(/▏ {2}25 % {2}25 texts\/s {2}3\.0 s left {2}loss 0\.412$/);
      expect(line).toHaveLength(columns - 1);
    }
  });

  test("fits the terminal", () => {
    const output = recorder(true, 50);
    new Progress(output, { total: 10, unit: "texts", seconds }).update({
      title: "reading",
      done: 5,
      note: "long ".repeat(20),
    });
    expect(output.written[0]?.replace("\r", "").replace("\u001b[K", "")).toHaveLength(49);
  });

  test("writes whole lines, at most one in ten seconds, elsewhere", () => {
    const output = recorder(false);
    time = 0;
    const progress = new Progress(output, { total: 10_000, unit: "texts", mayEndEarly: true, seconds });
    for (time = 1; time <= 25; time++) progress.update({ title: "reading", done: time * 100 });
    progress.clear();
    expect(output.written).toEqual([
      "reading: 10 %, 100 texts/s, at most 1 min 30 s left\n",
      "reading: 20 %, 100 texts/s, at most 1 min 20 s left\n",
    ]);
  });

  test("follows a change of speed; large numbers and long times are readable", () => {
    const output = recorder(true);
    time = 0;
    const progress = new Progress(output, { total: 1e8, unit: "texts", seconds });
    for (time = 1; time <= 10; time++) progress.update({ title: "reading", done: time });
    for (; time <= 20; time++) progress.update({ title: "reading", done: 10 + (time - 10) * 5000 });
    expect(output.written.at(-1)).toContain(" 5,000 texts/s  5 h 33 min left");
  });

  test.each<[() => unknown, Error]>([
    [
      () => new Progress(recorder(true), { total: -1, unit: "texts" }),
      new RangeError("Progress: total must be a number >= 0, got -1"),
    ],
    [
      () => new Progress(recorder(true), { total: 1, unit: "texts", width: 3 } as never),
      new TypeError('Progress: unknown option "width"; options are total, unit, mayEndEarly, seconds'),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
  });
});

describe("logTo", () => {
  async function* source(last?: Error): AsyncGenerator<TrainEvent> {
    yield start;
    yield step(1);
    if (last) throw last;
  }
  const recorder = (seen: string[], name: string): Logger => ({
    log: ({ type }) => void seen.push(`${name} ${type}`),
    close: async () => void seen.push(`${name} closed`),
  });

  test("passes events to every logger, then on; closes them at the end", async () => {
    const seen: string[] = [];
    for await (const { type } of logTo(source(), [recorder(seen, "a"), recorder(seen, "b")])) seen.push(type);
    expect(seen).toEqual(["a start", "b start", "start", "a step", "b step", "step", "a closed", "b closed"]);
  });

  test("also when training fails or the caller leaves", async () => {
    const seen: string[] = [];
    const failing = (async () => {
      for await (const _ of logTo(source(new Error("out of paper")), [recorder(seen, "a")]));
    })();
    await expect(failing).rejects.toThrow("out of paper");
    for await (const _ of logTo(source(), [recorder(seen, "b")])) break;
    expect(seen).toEqual(["a start", "a step", "a closed", "b start", "b closed"]);
  });

  test("closes every logger, also when one cannot be closed", async () => {
    const seen: string[] = [];
    const broken: Logger = { log() {}, close: () => Promise.reject(new Error("disk full")) };
    const iterate = async () => {
      for await (const _ of logTo(source(), [recorder(seen, "a"), broken, recorder(seen, "b")]));
    };
    await expect(iterate()).rejects.toThrow("disk full");
    expect(seen.slice(-2)).toEqual(["a closed", "b closed"]);
  });

  test("refuses what is no logger", async () => {
    await expect(logTo(source(), [{} as Logger]).next()).rejects.toThrow(
      new TypeError("logTo: loggers[0].log must be a function, got undefined"),
    );
  });
});

describe("errors", () => {
  test.each<[() => unknown, Error]>([
    [
      () => csvLogger(5 as never),
      new TypeError("csvLogger: where to write must be a path or an object with the method write, got 5"),
    ],
    [
      () => csvLogger("x", { rows: "batch" as "step" }),
      new RangeError('csvLogger: rows must be "epoch" or "step", got "batch"'),
    ],
    [
      () => csvLogger("x", { append: "no" as never }),
      new TypeError('csvLogger: append must be true or false, got "no"'),
    ],
    [
      () => jsonLinesLogger("x", { steps: 1 as never }),
      new TypeError("jsonLinesLogger: steps must be true or false, got 1"),
    ],
    [
      () => progressLogger("stderr" as never),
      new TypeError('progressLogger: output must be a stream such as process.stderr, got "stderr"'),
    ],
    [
      () => {
        vi.stubGlobal("process", {});
        return jsonLinesLogger("x");
      },
      new Error("jsonLinesLogger: there is no file system here; pass an object with the method write"),
    ],
  ])("case %#", (act, error) => {
    expect(act).toThrow(error);
    expect(readdirSync(".")).not.toContain("x");
  });
});
