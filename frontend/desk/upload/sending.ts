// Sending one file to the server by tus 1.0, in pieces, from where it was. Owns what an answer means for it: when to go on,
// when to wait and for whom, and when never.

import { DetailedError, Upload } from "tus-js-client";
import type { Page } from "./upload";

// No answer, one piece after another, a damaged piece, too many at once: the same may be sent again.
const LATER = new Set([0, 409, 423, 429, 460]);

interface Hears {
  /** The server made a place for it: from now on it can go on where it was. */
  placed(url: string): void;
  progress(share: number): void;
  /** All of it is there. */
  arrived(): void;
  refused(why: string): void;
  signedOut(): void;
  /** No answer came, or one that says to come back later, and why. */
  unanswered(share: number, why: string): void;
  failed(why: string): void;
}

export class Sending {
  private readonly upload: Upload;
  private share = 0;
  private over = false;

  constructor(file: File, page: Page, url: string, hears: Hears) {
    this.upload = new Upload(file, {
      endpoint: page.address,
      uploadUrl: url || null,
      chunkSize: page.chunk,
      ...(page.stack && { httpStack: page.stack }),
      retryDelays: null, // whoever made this decides when
      storeFingerprintForResuming: false, // kept beside the file, on this device
      metadata: { filename: file.name, filetype: file.type },
      onBeforeRequest: (request) => {
        request.setHeader("X-CSRFToken", page.token());
        request.setHeader("Priority", "u=6"); // it goes on by itself: a publish comes first, here and in a proxy
      },
      onUploadUrlAvailable: () => this.upload.url && hears.placed(this.upload.url),
      onProgress: (sent, all) => {
        this.share = all ? sent / all : 1;
        if (!this.over) hears.progress(this.share);
      },
      onSuccess: () => {
        if (this.ends()) hears.arrived();
      },
      onError: (error) => {
        if (!this.ends()) return;
        const answer = error instanceof DetailedError ? error.originalResponse : null;
        const status = answer?.getStatus() ?? 0;
        const why = reason(answer?.getBody());
        if (LATER.has(status) || status >= 500) hears.unanswered(this.share, status === 429 || status === 507 ? why : "");
        else if (status === 401 || status === 403) hears.signedOut();
        else if (why) hears.refused(why);
        else hears.failed(page.say("file.failed"));
      },
    });
  }

  start(): void {
    this.upload.start();
  }

  /** Lets it be; what the server has of it is kept there. */
  pause(): void {
    if (this.ends()) void this.upload.abort();
  }

  /** Tells the server to forget what it has of it. */
  stop(): void {
    if (this.ends()) void this.upload.abort(true).catch(() => undefined);
  }

  private ends(): boolean {
    const first = !this.over;
    this.over = true;
    return first;
  }
}

/** What the server says to people, if it was the server that answered. */
function reason(body: string | undefined): string {
  try {
    const told = JSON.parse(body ?? "") as { refused?: { message: string }[] };
    return (told.refused ?? []).map(({ message }) => message).join(" ");
  } catch {
    return "";
  }
}
