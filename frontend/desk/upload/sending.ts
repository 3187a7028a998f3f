// Uploading one file by tus 1.0, in pieces, continuing where it stopped. Owns what an answer means: continue, wait (and for
// what), or give up.

import { DetailedError, Upload } from "tus-js-client";
import type { Page } from "./upload";

// No answer, a piece out of order, a damaged piece, too many requests: the same may be sent again.
const LATER = new Set([0, 409, 423, 429, 460]);

interface Hears {
  /** The server created the upload: from now on it can be resumed. */
  placed(url: string): void;
  progress(share: number): void;
  /** It is uploaded completely. */
  arrived(): void;
  refused(why: string): void;
  signedOut(): void;
  /** No answer came, or one that says to try again later, and why. */
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
      retryDelays: null, // the caller decides when
      storeFingerprintForResuming: false, // this device's database has it beside the file
      metadata: { filename: file.name, filetype: file.type },
      onBeforeRequest: (request) => {
        request.setHeader("X-CSRFToken", page.token());
        request.setHeader("Priority", "u=6"); // a background request: publishing comes first, in this browser and in a proxy
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

  /** Stops the upload; the server keeps what it has. */
  pause(): void {
    if (this.ends()) void this.upload.abort();
  }

  /** Tells the server to delete what it has. */
  stop(): void {
    if (this.ends()) void this.upload.abort(true).catch(() => undefined);
  }

  private ends(): boolean {
    const first = !this.over;
    this.over = true;
    return first;
  }
}

/** The server's sentence for people, if the server answered. */
function reason(body: string | undefined): string {
  try {
    const told = JSON.parse(body ?? "") as { refused?: { message: string }[] };
    return (told.refused ?? []).map(({ message }) => message).join(" ");
  } catch {
    return "";
  }
}
