import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { TrainEvent } from "@rnn/train";
import { tensorBoardLogger } from "@rnn/train/log";
import { expect, test } from "vitest";
import { crc32c } from "./crc32c.ts";
import { encodeRecord } from "./event-record.ts";

/** One event of the file as TensorFlow's event.proto and summary.proto name its fields. */
interface Decoded {
  wallTime?: number;
  step?: number;
  fileVersion?: string;
  values: Record<string, number>;
}

/** Cuts a file into its records, checking the checksums, and reads each by another library's protobuf reader. */
function decode(file: Uint8Array): Decoded[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const unmasked = (at: number) => {
    const turned = (view.getUint32(at, true) - 0xa282ead8) >>> 0;
    return ((turned >>> 17) | (turned << 15)) >>> 0;
  };
  const events: Decoded[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(unmasked(at + 8)).toBe(crc32c(file.subarray(at, at + 8)));
    const message = file.subarray(at + 12, at + 12 + length);
    expect(unmasked(at + 12 + length)).toBe(crc32c(message));
    events.push(decodeEvent(new BinaryReader(message)));
    at += length + 16;
  }
  return events;
}

function decodeEvent(reader: BinaryReader): Decoded {
  const event: Decoded = { values: {} };
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.Bit64) event.wallTime = reader.double();
    else if (field === 2 && type === WireType.Varint) event.step = Number(reader.int64());
    else if (field === 3 && type === WireType.LengthDelimited) event.fileVersion = reader.string();
    else if (field === 5 && type === WireType.LengthDelimited) readSummary(reader.bytes(), event.values);
    else throw new Error(`unexpected field ${field} of type ${type}`);
  }
  return event;
}

function readSummary(bytes: Uint8Array, values: Record<string, number>): void {
  const summary = new BinaryReader(bytes);
  while (summary.pos < summary.len) {
    expect(summary.tag()).toEqual([1, WireType.LengthDelimited]);
    const value = new BinaryReader(summary.bytes());
    expect(value.tag()).toEqual([1, WireType.LengthDelimited]);
    const tag = value.string();
    expect(value.tag()).toEqual([2, WireType.Bit32]);
    values[tag] = value.float();
    expect(value.pos).toBe(value.len);
  }
}

const events: TrainEvent<"f1">[] = [
  { type: "start", epochs: 2, batches: 2, parameters: 3, steps: 300 },
  {
    type: "step",
    epoch: 1,
    step: 301,
    batch: 1,
    batches: 2,
    samples: 8,
    loss: 0.5,
    gradientNorm: 2,
    learningRate: 0.25,
  },
  {
    type: "epoch",
    epoch: 1,
    epochs: 2,
    trainLoss: 0.5,
    trainMetrics: { f1: 0.625 },
    validation: { loss: Number.NaN, metrics: { f1: 0.75 }, samples: 3 },
    isBest: true,
    learningRate: 0.25,
    seconds: 5,
  },
  { type: "checkpoint", epoch: 1, step: 301 },
];

test("an event file is what another reader expects", () => {
  const folder = mkdtempSync(join(tmpdir(), "rnn-tensorboard-"));
  try {
    let time = 1.7e9;
    const logger = tensorBoardLogger(join(folder, "run 1"), { seconds: () => time });
    for (const event of events) {
      time += 0.125;
      logger.log(event);
    }
    logger.close?.();
    const [name] = readdirSync(join(folder, "run 1"));
    expect(name).toBe("events.out.tfevents.1700000000.000.rnn");
    expect(decode(readFileSync(join(folder, "run 1", name!)))).toEqual([
      { wallTime: 1.7e9, fileVersion: "brain.Event:2", values: {} },
      {
        wallTime: 1.7e9 + 0.25,
        step: 301,
        values: { "loss/step": 0.5, learning_rate: 0.25, gradient_norm: 2 },
      },
      {
        wallTime: 1.7e9 + 0.375,
        step: 301,
        values: {
          "loss/train": 0.5,
          "loss/validation": Number.NaN,
          "f1/train": 0.625,
          "f1/validation": 0.75,
        },
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("large steps, long tags and other alphabets", () => {
  const scalars = [["é☃𝄞".repeat(100), 1.5]] as const;
  for (const step of [127, 128, 2 ** 31, 2 ** 40 + 5]) {
    const [event] = decode(encodeRecord({ wallTime: 0, step, scalars }));
    expect(event).toEqual({ wallTime: 0, step, values: { [scalars[0][0]]: 1.5 } });
  }
});

test("CRC-32C of the examples of RFC 3720, and of its usual check", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});

test("errors", () => {
  expect(() => tensorBoardLogger(5 as never)).toThrow(
    new TypeError(
      "tensorBoardLogger: where to write must be a path or an object with the method write, got 5",
    ),
  );
  expect(() => tensorBoardLogger("x", { seconds: 5 as never })).toThrow(
    new TypeError("tensorBoardLogger: seconds must be a function, got 5"),
  );
});
