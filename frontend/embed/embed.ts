// The one tag that puts a live blog, or one post of it, into a page of another site:
//   <script src="https://live.example.org/static/embed.js" data-live="SLUG" async></script>
// Makes a frame where the tag stands, as tall as what is in it. Believes nothing of the frame but its height, and that
// from its own window and origin alone. Sets no style but by properties, so that it needs no `unsafe-inline`.

import { NAMES } from "./theme";

const LEAST_PX = 120;
const MOST_PX = 60_000; // 49 long posts on a narrow phone

function begin(tag: HTMLScriptElement): void {
  const { live = "", post = "", title } = tag.dataset;
  if (!/^[a-z0-9-]{1,120}$/.test(live) || !/^[\w-]{0,64}$/.test(post)) return;
  const { origin } = new URL(tag.src);
  const frame = document.createElement("iframe");
  frame.loading = "lazy";
  frame.title = title || "Live blog";
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups", "allow-popups-to-escape-sandbox");
  frame.allow = "fullscreen; web-share";
  frame.src = `${origin}/live/${live}/${post && `p/${post}/`}embed/`;
  Object.assign(frame.style, { display: "block", inlineSize: "100%", blockSize: "480px", border: "0" });
  const theme: Record<string, string> = {};
  for (const name of NAMES) {
    const value = tag.getAttribute("data-" + name);
    if (value) theme[name] = value;
  }
  frame.onload = () => frame.contentWindow!.postMessage({ asithappened: "hello", theme }, origin);
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin || !data || data.asithappened !== "height") return;
    const height = Math.ceil(Number(data.height));
    if (height > 0) frame.style.blockSize = `${Math.min(Math.max(height, LEAST_PX), MOST_PX)}px`;
  });
  tag.after(frame);
}

begin(document.currentScript as HTMLScriptElement);
