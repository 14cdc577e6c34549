import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** Test files share what they import, which would otherwise take as long as the tests. */
export default mergeConfig(shared, { test: { isolate: false } });
