import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { StreamOutput } from "./stream-output.ts";

/** A stream that takes two writes and then fails with an error of that code. */
function failing(code: string): { written: string[]; stream: Writable } {
  const written: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      if (written.length === 2) done(Object.assign(new Error(code), { code }));
      else {
        written.push(text);
        done();
      }
    },
  });
  return { written, stream };
}

describe("StreamOutput", () => {
  it("writes until the reader has gone, then drops the rest", async () => {
    const { written, stream } = failing("EPIPE");
    const output = new StreamOutput(stream);
    output.write("a");
    output.write("b");
    expect(output.closed).toBe(false);
    output.write("c");
    await output.flush();
    expect(output.closed).toBe(true);
    expect(output.failure).toBeUndefined();
    output.write("d");
    await output.flush();
    expect(written).toEqual(["a", "b"]);
  });

  it("keeps the first error that lost output", async () => {
    const output = new StreamOutput(failing("ENOSPC").stream);
    for (const text of ["a", "b", "c", "d"]) output.write(text);
    await output.flush();
    expect(output.closed).toBe(true);
    expect(output.failure?.code).toBe("ENOSPC");
  });
});
