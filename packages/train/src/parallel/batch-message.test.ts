import { tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { decodeBatch, encodeBatch } from "./batch-message.ts";

/** What arrives in another thread. */
function sent(batch: unknown): unknown {
  const transfer: ArrayBuffer[] = [];
  const message = encodeBatch(batch, transfer);
  return decodeBatch(structuredClone(message, { transfer }));
}

describe("a batch arrives as it was", () => {
  test.each([
    [{ a: [1, "x", true, null, undefined, 10n], b: { c: Int32Array.of(1, 2) } }],
    [[[], {}]],
    ["text"],
  ])("%o", (batch) => {
    expect(sent(batch)).toEqual(batch);
  });

  test("tensors of every dtype, views included", () => {
    const x = tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: "float64" },
    );
    const batch = {
      views: [x.transpose(0, 1), x.slice([1, 2])],
      ids: tensor([1, 2], { dtype: "int32" }),
      mask: tensor([true, false]),
    };
    const { views, ids, mask } = sent(batch) as typeof batch;
    expect(views.map((view) => [view.toArray(), view.dtype])).toEqual([
      [
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
        "float64",
      ],
      [[[4, 5, 6]], "float64"],
    ]);
    expect([ids.dtype, mask.dtype, mask.toArray()]).toEqual(["int32", "bool", [true, false]]);
  });

  test("and the sender keeps its own", () => {
    const ids = Int32Array.of(1, 2, 3);
    sent([ids, tensor(ids, { shape: [3] })]);
    expect(ids).toEqual(Int32Array.of(1, 2, 3));
  });

  test("of a view only the view is sent", () => {
    const transfer: ArrayBuffer[] = [];
    encodeBatch(
      [
        new Float32Array(1000).subarray(0, 2),
        tensor(new Float32Array(1000), { shape: [1000] }).slice([3, 5]),
      ],
      transfer,
    );
    expect(transfer.map(({ byteLength }) => byteLength)).toEqual([8, 8]);
  });
});

test.each([
  [{ when: new Date() }, "batch.when is an object of Date"],
  [[() => 1], "batch[0] is a function"],
  [{ sets: [new Set()] }, "batch.sets[0] is an object of Set"],
])("%o cannot be sent", (batch, what) => {
  expect(() => encodeBatch(batch, [])).toThrow(
    new TypeError(
      `fit: ${what}, which cannot be sent to a replica; ` +
        "a batch is made of tensors, typed arrays, plain objects, arrays, numbers and strings",
    ),
  );
});
