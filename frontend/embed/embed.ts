// Embeds a live blog, or one post of it, into a page of another site, by one tag:
//   <script src="https://live.example.org/static/embed.js" data-live="SLUG" async></script>
// Puts a frame after the tag, and makes it as tall as its content. Accepts only the height from the frame, and only from
// its window and origin. Sets styles only by properties, so that the site's policy needs no `unsafe-inline`.

import { NAMES } from "./theme";

const LEAST_PX = 120;
const MOST_PX = 60_000; // 49 long posts on a narrow phone

function embed(tag: HTMLScriptElement): void {
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

embed(document.currentScript as HTMLScriptElement);
