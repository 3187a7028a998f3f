// Sends the counts of one page view, once, when the page is first hidden: how far down it was read, which key events were
// opened from their list, and which site the reader came from. No cookie, no identifier, nothing stored on the device, and
// nothing sent for a reader whose browser asks not to be tracked. A separate script, only on pages of a newsroom that counts.

const STEPS = [50, 25, 10, 5, 1]; // delivery/readership.py
const MOST_OPENED = 12;
const SETTLE_MS = 300;

const { base = "" } = document.documentElement.dataset;
const posts = document.querySelector("[data-posts]");
const asksNotToBeTracked = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === "1";

/** The host of the referring page; "" if there is none, or it is this site. */
function referringHost(): string {
  try {
    const { host, hostname } = new URL(document.referrer);
    return host === location.host ? "" : hostname;
  } catch {
    return "";
  }
}

if (posts && base && !asksNotToBeTracked) {
  const opened = new Set<string>();
  let deepest = 0;
  let timer = 0;
  let sent = false;

  const measure = (): void => {
    timer = 0;
    let seen = 0;
    for (const post of posts.children) seen += +(post.getBoundingClientRect().top < innerHeight);
    deepest = Math.max(deepest, seen);
  };
  const send = (): void => {
    if (!document.hidden || sent) return;
    sent = true;
    measure();
    removeEventListener("scroll", measureSoon);
    const read = STEPS.find((step) => step <= deepest) ?? 0;
    const body = JSON.stringify({ read, opened: [...opened], host: referringHost() });
    // Not sendBeacon, which sends cookies.
    fetch(base.replace("/live/", "/readership/"), { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
  };
  const measureSoon = (): void => {
    timer ||= window.setTimeout(measure, SETTLE_MS);
  };

  addEventListener("scroll", measureSoon, { passive: true });
  document.addEventListener("visibilitychange", send);
  document.addEventListener(
    "click",
    ({ target }) => {
      const post = (target as Element).closest<HTMLElement>(".keyevents a[data-post]")?.dataset.post;
      if (post && opened.size < MOST_OPENED) opened.add(post);
    },
    true,
  );
  if (!document.hidden) measure();
}
