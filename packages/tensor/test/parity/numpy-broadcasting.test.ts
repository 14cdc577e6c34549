import { broadcastShapes, broadcastTo, ShapeError } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { load, loadCases, type StoredTensor } from "./fixtures.ts";

interface ShapesCase {
  readonly id: string;
  readonly kind: "broadcast_shapes";
  readonly shapes: number[][];
  readonly expected: number[];
  readonly throws?: true;
}

interface BroadcastToCase {
  readonly id: string;
  readonly kind: "broadcast_to";
  readonly input: StoredTensor;
  readonly shape: number[];
  readonly expected: StoredTensor;
  readonly throws?: true;
}

describe("broadcasting agrees with NumPy", () => {
  const cases = loadCases<ShapesCase | BroadcastToCase>("numpy-broadcasting.json");
  test.each(cases.map((c) => [c.id, c] as const))("%s", (_, c) => {
    if (c.kind === "broadcast_shapes") {
      const call = (): number[] => broadcastShapes(...c.shapes);
      if (c.throws) expect(call).toThrow(ShapeError);
      else expect(call()).toEqual(c.expected);
    } else {
      const call = () => broadcastTo(load(c.input), c.shape);
      if (c.throws) {
        expect(call).toThrow(ShapeError);
      } else {
        expect(call().shape).toEqual(c.expected.shape);
        expect(Array.from(call().clone().data)).toEqual(c.expected.data);
      }
    }
  });
});
