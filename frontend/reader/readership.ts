// Says, once, as the page is left for the first time: how far down it was read, which key events were opened from their
// list, and which site the reader came from. Without cookie or identifier, and nothing of whoever asks not to be tracked.
// A script of its own, which only a newsroom that counts has on its pages; nothing here is kept on the device.

const STEPS = [50, 25, 10, 5, 1]; // delivery/readership.py
const MOST_OPENED = 12;
const SETTLE_MS = 300;

const { base = "" } = document.documentElement.dataset;
const posts = document.querySelector("[data-posts]");
const asksNotTo = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === "1";

/** The host of the page that led here; "" for a page of ours, or none. */
function from(): string {
  try {
    const { host, hostname } = new URL(document.referrer);
    return host === location.host ? "" : hostname;
  } catch {
    return "";
  }
}

if (posts && base && !asksNotTo) {
  const opened = new Set<string>();
  let deepest = 0;
  let timer = 0;
  let told = false;

  const look = (): void => {
    timer = 0;
    let seen = 0;
    for (const post of posts.children) seen += +(post.getBoundingClientRect().top < innerHeight);
    deepest = Math.max(deepest, seen);
  };
  const tell = (): void => {
    if (!document.hidden || told) return;
    told = true;
    look();
    removeEventListener("scroll", later);
    const read = STEPS.find((step) => step <= deepest) ?? 0;
    const body = JSON.stringify({ read, opened: [...opened], host: from() });
    // Not sendBeacon, which would bring cookies along.
    fetch(base.replace("/live/", "/readership/"), { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
  };
  const later = (): void => {
    timer ||= window.setTimeout(look, SETTLE_MS);
  };

  addEventListener("scroll", later, { passive: true });
  document.addEventListener("visibilitychange", tell);
  document.addEventListener(
    "click",
    ({ target }) => {
      const post = (target as Element).closest<HTMLElement>(".keyevents a[data-post]")?.dataset.post;
      if (post && opened.size < MOST_OPENED) opened.add(post);
    },
    true,
  );
  if (!document.hidden) look();
}
