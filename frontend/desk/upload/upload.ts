// Uploading files, a separate bundle that is loaded with the first file. Owns the queue: two at once, each resumed after a
// bad network, a new sign-in or a reload. The editor owns what happens to a file in a body.

import type { HttpStack } from "tus-js-client";
import type { Arrival, Arrivals, Media, Seen } from "../contracts";
import { CannotKeep, dropFile, files, getFile, type KeptFile, putFile } from "../device";
import { Sending } from "./sending";
import { taken } from "./taken";

/** What this bundle needs of the page, so that all bundles share one token and one session. */
export interface Page {
  /** The address for uploads, and how much of a file the server accepts at once. */
  address: string;
  chunk: number;
  place: string;
  token(): string;
  look<T>(path: string): Promise<T>;
  /** Returns once the page's person is signed in (again). */
  signedIn(): Promise<unknown>;
  say(name: string, values?: Record<string, string>): string;
  /** How requests are made without XMLHttpRequest. */
  stack?: HttpStack;
}

const AT_ONCE = 2;
const FORGET_MS = 7 * 24 * 60 * 60 * 1000;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

type Hearer = (arrival: Arrival, file: Seen) => void;

/** A file, from the moment it was chosen. */
class Arriving {
  arrival: Arrival = { is: "queued" };
  readonly hearers = new Set<Hearer>();
  sending: Sending | undefined;
  failures = 0;
  timer = 0;
  kept = true;
  private preview = "";

  constructor(
    readonly record: KeptFile,
    public file: File | undefined,
  ) {}

  get seen(): Seen {
    const { name, type } = this.record;
    const shows = "createObjectURL" in URL; // a service worker shows no pictures
    if (this.file && !this.preview && shows) this.preview = URL.createObjectURL(this.file);
    return { name, type, address: this.preview, kept: this.kept };
  }

  tell(arrival: Arrival): void {
    this.arrival = arrival;
    for (const hear of [...this.hearers]) hear(arrival, this.seen);
  }

  is(...names: Arrival["is"][]): boolean {
    return names.includes(this.arrival.is);
  }
}

export function arrivals(page: Page): Arrivals {
  const all = new Map<string, Arriving>();
  const known = new Map<string, Promise<Media | null>>();

  const keep = async (one: Arriving): Promise<void> => {
    const whole = one.file !== undefined && !one.is("ready") ? { ...one.record, file: one.file } : one.record;
    try {
      await putFile(whole);
    } catch (error) {
      if (!(error instanceof CannotKeep)) throw error;
      const was = one.kept;
      one.kept = false; // it is too large to store on this device: the person must be told, and at least its description is stored
      await putFile(one.record).catch(() => undefined);
      if (was) one.tell(one.arrival);
    }
  };

  const next = (): void => {
    const running = [...all.values()].filter((one) => one.sending).length;
    const queued = [...all.values()].filter((one) => one.is("queued") && one.file && one.hearers.size);
    for (const one of queued.slice(0, Math.max(0, AT_ONCE - running))) start(one);
  };

  const start = (one: Arriving): void => {
    clearTimeout(one.timer);
    if (!one.file) return one.tell({ is: "lost" });
    const share = one.arrival.is === "offline" ? one.arrival.share : 0;
    one.sending = new Sending(one.file, page, one.record.url, {
      placed: (url) => {
        one.record.url = url;
        void keep(one);
      },
      progress: (now) => {
        one.failures = 0;
        one.tell({ is: "sending", share: now });
      },
      arrived: () => {
        one.sending = undefined;
        one.record.whole = true;
        void keep(one);
        next();
        void prepared(one);
      },
      refused: (why) => {
        one.sending = undefined;
        one.record.url = "";
        one.tell({ is: "refused", why });
        void dropFile(one.record.id).catch(() => undefined);
        next();
      },
      signedOut: async () => {
        one.sending = undefined;
        one.tell({ is: "offline", share, why: page.say("kept.out") });
        await page.signedIn();
        if (one.is("offline")) queue(one);
      },
      unanswered: (now, why) => {
        one.sending = undefined;
        one.tell({ is: "offline", share: now, why: why || page.say("kept.offline") });
        one.timer = window.setTimeout(() => queue(one), PAUSES_MS[one.failures++] ?? PAUSES_MS[PAUSES_MS.length - 1]);
        next();
      },
      failed: (why) => {
        one.sending = undefined;
        one.tell({ is: "failed", why });
        next();
      },
    });
    one.tell({ is: "sending", share });
    one.sending.start();
  };

  /** Waits until the server has checked it and made its sizes. */
  const prepared = async (one: Arriving): Promise<void> => {
    one.tell({ is: "prepared" });
    const media = await taken(page, one.record.url, () => one.is("prepared") && one.hearers.size > 0);
    if (media === undefined) return void (one.arrival = { is: "queued" }); // the next watcher asks again
    if (media === null) {
      Object.assign(one.record, { whole: false, url: "" }); // it was unused for too long: it has to be uploaded again
      return one.tell({ is: "failed", why: page.say("file.gone") });
    }
    if (media.state === "refused") {
      void dropFile(one.record.id).catch(() => undefined);
      return one.tell({ is: "refused", why: media.refusal });
    }
    known.set(media.id, Promise.resolve(media));
    one.tell({ is: "ready", media });
    void keep(one); // from now on without the file's bytes
  };

  const queue = (one: Arriving): void => {
    if (one.record.whole) return void prepared(one);
    if (!one.file) return one.tell({ is: "lost" });
    clearTimeout(one.timer);
    one.tell({ is: "queued" });
    next();
  };

  /** Finds one that was begun before this page was loaded. */
  const find = async (key: string, one: Arriving): Promise<void> => {
    const record = await getFile(`${page.place}/${key}`).catch(() => undefined);
    if (!one.is("queued") || one.file) return; // the person chose it meanwhile
    if (!record) return one.tell({ is: "lost" });
    const { file, ...rest } = record;
    Object.assign(one.record, rest);
    one.file = file;
    queue(one);
  };

  const fresh = (key: string, file?: File): Arriving => {
    const record: KeptFile = {
      id: `${page.place}/${key}`,
      place: page.place,
      name: file?.name ?? "",
      type: file?.type ?? "",
      url: "",
      whole: false,
      unchecked: [],
      at: Date.now(),
    };
    const one = new Arriving(record, file);
    all.set(key, one);
    return one;
  };

  addEventListener("online", () => {
    for (const one of all.values()) if (one.is("offline")) queue(one);
  });
  addEventListener("beforeunload", (event) => {
    const lost = [...all.values()].some((one) => !one.kept && one.hearers.size && one.is("queued", "sending", "offline"));
    if (lost) event.preventDefault();
  });
  void files(page.place)
    .then((found) => found.filter(({ at }) => Date.now() - at > FORGET_MS))
    .then((old) => Promise.all(old.map(({ id }) => dropFile(id))))
    .catch(() => undefined);

  return {
    take(key, file) {
      const before = all.get(key);
      before?.sending?.stop();
      const one = fresh(key, file);
      one.record.url = before?.record.name === file.name ? before.record.url : ""; // the same file, chosen again, is resumed
      for (const hear of before?.hearers ?? []) one.hearers.add(hear);
      void keep(one);
      queue(one);
    },
    watch(key, hear) {
      let one = all.get(key);
      const begun = one !== undefined;
      one ??= fresh(key);
      one.hearers.add(hear);
      if (!begun) void find(key, one);
      else if (one.is("queued") && one.record.whole) queue(one);
      else hear(one.arrival, one.seen);
      next();
      return () => {
        const now = all.get(key);
        now?.hearers.delete(hear);
        // It was removed, or its editor is being made again: within a moment it can be found unchanged.
        setTimeout(() => {
          if (!now || now.hearers.size) return;
          clearTimeout(now.timer);
          now.sending?.pause();
          now.sending = undefined;
          if (now.is("sending", "offline")) now.arrival = { is: "queued" };
          next();
        }, 1_000);
      };
    },
    stop(key) {
      const one = all.get(key);
      if (!one) return;
      clearTimeout(one.timer);
      one.sending?.stop();
      one.sending = undefined;
      one.record.url = "";
      one.tell({ is: "stopped" });
      next();
    },
    again(key) {
      const one = all.get(key);
      if (one) queue(one);
    },
    async remember(key) {
      if (all.has(key)) return;
      const record = await getFile(`${page.place}/${key}`).catch(() => undefined);
      if (record && !all.has(key)) Object.assign(fresh(key).record, { ...record, file: undefined });
    },
    lost: (name) => page.say(name ? "editor.file.lost.named" : "editor.file.lost", { name }),
    unchecked: (key) => all.get(key)?.record.unchecked ?? [],
    check(key, names) {
      const one = all.get(key);
      if (!one) return;
      one.record.unchecked = names;
      void keep(one);
    },
    about(media) {
      let found = known.get(media);
      if (!found) {
        found = taken(page, `${page.address}${media}/`, () => true).then((one) => one ?? null);
        known.set(media, found);
        found.catch(() => known.delete(media));
      }
      return found;
    },
  };
}
