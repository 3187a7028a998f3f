// What runs in a frame on somebody else's page: the reader's page without what stands around it, and its height told to
// the page around. That page may say how it looks (theme.ts), and nothing else; who may frame it is the policy's to say.

import { Announcer } from "../reader/announce";
import { Bar } from "../reader/bar";
import { Others, whole } from "../reader/others";
import { type Order, Page } from "../reader/page";
import { pictures } from "../reader/pictures";
import { placeOf } from "../reader/place";
import { Supervisor } from "../reader/supervisor";
import { words } from "../reader/words";
import { allowed } from "./theme";

const root = document.documentElement;
let around: string | null = null; // the origin of the page around, from its first word on

/** Posts slide in only while the top of the feed is in sight: a frame that is as tall as its words has no place of its own. */
class Framed extends Page {
  private inSight = false;

  constructor(announcer: Announcer, changed: () => void) {
    super(announcer, changed, () => {});
    const watched = new IntersectionObserver((seen) => (this.inSight = seen.some((one) => one.isIntersecting)));
    watched.observe(document.querySelector(".top")!);
  }

  protected override maySlideIn(order: Order): boolean {
    return this.inSight && super.maySlideIn(order);
  }
}

function tell(): void {
  if (around) parent.postMessage({ asithappened: "height", height: Math.ceil(root.getBoundingClientRect().height) }, around);
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || (around && origin !== around) || !data || data.asithappened !== "hello") return;
  around = origin;
  for (const [name, value] of allowed(data.theme)) root.style.setProperty(name, value);
  tell();
});
new ResizeObserver(tell).observe(root);

pictures((link) => whole(link, words.close));
const place = placeOf(document);
const { base } = root.dataset;
if (place && base && document.querySelector("[data-posts]")) {
  let bar: Bar | undefined;
  const page = new Framed(new Announcer(), () => bar?.refresh());
  const line = document.querySelector("[data-live-bar]");
  let paused = false;
  const pause = (): Promise<void> => supervisor.pause((paused = !paused));
  if (line) bar = new Bar(line, page.button, () => void pause());
  const supervisor = new Supervisor(base, place, page, (state) => bar?.tell(state));
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
