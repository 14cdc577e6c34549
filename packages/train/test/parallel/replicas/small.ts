import { parentPort, workerData } from "node:worker_threads";
import type { Module, Variable } from "@rnn/nn";
import { serveReplica } from "@rnn/train";
import { Scalar } from "../../toy.ts";
import { Counting, Dropping, Switching } from "../models.ts";

// one module for many tests: `workerData` is the name of what it does
const kinds: Record<string, () => void> = {
  dropping: () => serve(new Dropping()),
  switching: () => serve(new Switching()),
  counting: () => serve(new Counting()),
  /** The numbers of a batch count as much as their sum. */
  weighted: () => {
    const model = new Scalar();
    serveReplica({
      model,
      loss: (xs: number[]) => ({ loss: square(model, xs), weight: xs.reduce((sum, x) => sum + x, 0) }),
    });
  },
  square: () => {
    const model = new Scalar();
    serveReplica({ model, loss: (xs: number[]) => square(model, xs) });
  },
  slow: () => {
    const model = new Scalar();
    serveReplica({
      model,
      loss(xs: number[]) {
        const end = performance.now() + 150;
        while (performance.now() < end);
        return square(model, xs);
      },
    });
  },
  talkative: () => {
    parentPort?.postMessage("hello");
    parentPort?.postMessage({ progress: 1 });
    kinds.square!();
    parentPort?.postMessage(null);
  },
  "another-model": () => serve(new Counting()),
  "larger-model": () => {
    class Larger extends Scalar {
      more = this.child("more", new Scalar());
    }
    serve(new Larger() as never);
  },
  "bad-loss": () => serveReplica({ model: new Scalar(), loss: () => 5 as unknown as Variable }),
  "bad-weight": () => {
    const model = new Scalar();
    serveReplica({ model, loss: (xs: number[]) => ({ loss: square(model, xs), weight: -1 }) });
  },
  chunks: () => serveReplica({ model: new Scalar(), chunks: () => [] }),
  /** As many chunks as there are numbers. */
  "each-number": () => {
    const model = new Scalar();
    serveReplica({
      model,
      *chunks(xs: number[][]) {
        for (const x of xs.flat()) {
          const loss = square(model, [x]);
          loss.backward();
          yield { loss: loss.item() };
        }
      },
    });
  },
  "bad-chunks": () => serveReplica({ model: new Scalar(), chunks: () => 5 as unknown as [] }),
  nothing: () => {},
  "throws-first": () => {
    throw new Error("no such vocabulary");
  },
  "throws-at-2": () => {
    const model = new Scalar();
    serveReplica({
      model,
      loss(xs: number[]) {
        if (xs.includes(2)) throw new RangeError("Embedding.forward: index 2 is outside 0..1");
        return square(model, xs);
      },
    });
  },
  "throws-later": () => {
    setTimeout(() => {
      throw new Error("thrown by a timer");
    }, 50);
    kinds.slow!();
  },
  "exits-at-2": () => {
    const model = new Scalar();
    serveReplica({
      model,
      loss(xs: number[]) {
        if (xs.includes(2)) process.exit(7);
        return square(model, xs);
      },
    });
  },
};

kinds[workerData as string]!();

function serve(model: Module & { forward(xs: number[]): Variable }): void {
  serveReplica({ model, loss: (xs: number[]) => model.forward(xs) });
}

/** Mean of (w - x)². */
function square(model: Scalar, xs: number[]): Variable {
  return xs
    .map((x) => model.forward(x))
    .reduce((sum, part) => sum.add(part))
    .div(xs.length);
}
