import type { ViteUserConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** The fixtures with each backend forced. */
const config: ViteUserConfig = { ...shared, test: { ...shared.test, include: ["test/*.full.ts"] } };

export default config;
