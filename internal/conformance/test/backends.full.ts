import { backend } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { backends, withBackend } from "../src/backend.ts";
import { expectConforming } from "./expect-conforming.ts";
import { fixtures } from "./fixtures.ts";

describe.each(backends)("conformance on %s", (name) => {
  test.each(fixtures.files.map((file) => [file.path, file] as const))("%s", (_path, file) =>
    withBackend(name, () => {
      expectConforming(file);
      expect(backend()).toBe(name);
    }),
  );
});
