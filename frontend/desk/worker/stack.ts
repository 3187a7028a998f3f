// Requests of the tus client without XMLHttpRequest: by fetch, which reports no progress within a piece.

import type { HttpRequest, HttpResponse, HttpStack } from "tus-js-client";

export class FetchStack implements HttpStack {
  createRequest(method: string, url: string): HttpRequest {
    return new Asked(method, url);
  }

  getName(): string {
    return "FetchStack";
  }
}

class Asked implements HttpRequest {
  private readonly headers = new Headers();
  private readonly over = new AbortController();

  constructor(
    private readonly method: string,
    private readonly url: string,
  ) {}

  getMethod = (): string => this.method;
  getURL = (): string => this.url;
  setHeader = (name: string, value: string): void => this.headers.set(name, value);
  getHeader = (name: string): string => this.headers.get(name) ?? "";
  setProgressHandler = (): void => undefined;

  async send(body: Blob | null = null): Promise<HttpResponse> {
    const { method, headers } = this;
    const answer = await fetch(this.url, { method, headers, body, signal: this.over.signal, redirect: "error", cache: "no-store" });
    const text = await answer.text();
    return {
      getStatus: () => answer.status,
      getHeader: (name) => answer.headers.get(name) ?? "",
      getBody: () => text,
      getUnderlyingObject: () => answer,
    };
  }

  abort(): Promise<void> {
    this.over.abort();
    return Promise.resolve();
  }

  getUnderlyingObject = (): undefined => undefined;
}
