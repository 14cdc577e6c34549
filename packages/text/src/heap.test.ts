import fc from "fast-check";
import { expect, test } from "vitest";
import { Heap } from "./heap.ts";

test("elements come out in order, also when more are pushed in between", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(20))), (steps) => {
      const heap = new Heap<number>((a, b) => a < b);
      const model: number[] = [];
      for (const step of steps) {
        if (step === null) {
          expect(heap.pop()).toBe(model.sort((a, b) => a - b).shift());
        } else {
          heap.push(step);
          model.push(step);
        }
      }
      for (const element of model.sort((a, b) => a - b)) expect(heap.pop()).toBe(element);
      expect(heap.pop()).toBe(undefined);
    }),
  );
});
