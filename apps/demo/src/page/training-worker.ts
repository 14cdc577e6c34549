import { LiveSession } from "./live-session.ts";
import type { FromWorker } from "./messages.ts";
import { scope } from "./worker-scope.ts";

let session: LiveSession | null = null;

/** The bytes of a model move to the page; nothing else is large. */
function send(message: FromWorker): void {
  scope.postMessage(message, "model" in message ? [message.model.buffer] : []);
}

scope.addEventListener("message", ({ data }) => {
  if (data.type === "start") {
    session?.stop();
    session = new LiveSession(send);
    session.run(data.request).catch((error: unknown) => {
      send({ type: "error", message: error instanceof Error ? error.message : String(error) });
    });
  } else session?.[data.type]();
});
