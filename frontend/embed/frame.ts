// The script of a live blog in a frame on another site: the reader's page without what is around the posts. Reports its
// height to the embedding page, which may set the theme (theme.ts) and nothing else. Which sites may embed it is decided by
// the page's Content-Security-Policy.

import { Announcer } from "../reader/announce";
import { Bar } from "../reader/bar";
import { enlarge, Others } from "../reader/others";
import { cursorOf } from "../reader/cursor";
import { type Order, Page } from "../reader/page";
import { pictures } from "../reader/pictures";
import { Supervisor } from "../reader/supervisor";
import { words } from "../reader/words";
import { allowed } from "./theme";

const root = document.documentElement;
let embedder: string | null = null; // the embedding page's origin, from its first message on

/** Posts slide in only while the top of the feed is in view: the frame is as tall as its content, so it never scrolls. */
class FramedPage extends Page {
  private topInView = false;

  constructor(announcer: Announcer, changed: () => void) {
    super(announcer, changed, () => {});
    const observer = new IntersectionObserver((seen) => (this.topInView = seen.some((one) => one.isIntersecting)));
    observer.observe(document.querySelector(".top")!);
  }

  protected override maySlideIn(order: Order): boolean {
    return this.topInView && super.maySlideIn(order);
  }
}

function reportHeight(): void {
  const height = Math.ceil(root.getBoundingClientRect().height);
  if (embedder) parent.postMessage({ asithappened: "height", height }, embedder);
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || (embedder && origin !== embedder) || !data || data.asithappened !== "hello") return;
  embedder = origin;
  for (const [name, value] of allowed(data.theme)) root.style.setProperty(name, value);
  reportHeight();
});
new ResizeObserver(reportHeight).observe(root);

pictures((link) => enlarge(link, words.close));
const cursor = cursorOf(document);
const { base } = root.dataset;
if (cursor && base && document.querySelector("[data-posts]")) {
  let bar: Bar | undefined;
  const page = new FramedPage(new Announcer(), () => bar?.refresh());
  const line = document.querySelector("[data-live-bar]");
  let paused = false;
  const pause = (): Promise<void> => supervisor.pause((paused = !paused));
  if (line) bar = new Bar(line, page.button, () => void pause());
  const supervisor = new Supervisor(base, cursor, page, (state) => bar?.show(state));
  page.button.onclick = async () => {
    if (paused) await pause();
    page.reveal(true);
  };
  const others = new Others((change) => page.keepingPlace(change));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-share],a[data-frame],.no-picture a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    others.show(link);
  });
}
