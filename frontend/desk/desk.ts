// The desk's one screen. Works without this script as pages and forms; with it nothing on it needs another page.
// Wires the parts together: each is a module that finds its own place in the page and hears the others by the bus.

import "htmx.org/dist/htmx.esm.js";
import "./status";
import "./outbox";
import "./left";

const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { request: { headers: Record<string, string> } } }>).detail;
  ctx.request.headers["X-CSRFToken"] = token;
});