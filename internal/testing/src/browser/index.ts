export { findChromium, launch } from "./chromium.ts";
export { type StaticServer, serve } from "./static-server.ts";
