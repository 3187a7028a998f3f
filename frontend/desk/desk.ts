// The desk's one screen. Without this script it works as pages and forms; with it, nothing needs another page. Wires the
// parts together: each is a module that finds its own element in the page and hears the others by the bus.

import "./acts";
import "./find";
import "./keys";
import "./status";
import "./outbox";
import "./presence";
import "./leases";
import "./later";
import "./left";
import "./composers";
import "./notes";
import "./sheet";
import "./standing";
import "./waiting";
import "./thumb";
import "./tabs";
import "./timeline";
import { pictures } from "../reader/pictures";
import { enlarge } from "../reader/viewer";
import { t } from "./words";

pictures((link) => enlarge(link, t("close")));

const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { request: RequestInit & { headers: Record<string, string> } } }>).detail;
  ctx.request.headers["X-CSRFToken"] = token;
  ctx.request.redirect = "error"; // a redirect leads to the sign-in page, which must not be put into this one
});