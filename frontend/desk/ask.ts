// Requests to the server in JSON, at the same addresses as the pages (docs/desk.md). Owns the CSRF token, the person in
// whose name every request is made, the deadline, and what counts as an answer: after `Unanswered` the same request may
// be sent again.

import type { Problem } from "./contracts";

const DEADLINE_MS = 15_000;

let person = Number(globalThis.document?.body.dataset.user ?? 0); // a service worker has no page

/** Makes requests in the name of this person from now on. On a page of a person this is not needed. */
export function askAs(user: number): void {
  person = user;
}

/** The server refuses a request if another person than the named one is signed in; to ask who that is, name nobody. */
const named = (): Record<string, string> => (person ? { "x-desk-person": String(person) } : {});

/** No answer came, or one that is not the desk's: it is unknown whether anything was done. */
export class Unanswered extends Error {}

/** The server refused, and nothing was changed. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
    readonly told: Record<string, unknown>,
  ) {
    super(problems.map((problem) => problem.message).join(" "));
  }
  has(code: string): boolean {
    return this.problems.some((problem) => problem.code === code);
  }
}

const inputs = (): Iterable<HTMLInputElement> =>
  globalThis.document?.querySelectorAll<HTMLInputElement>("[name=csrfmiddlewaretoken]") ?? [];
let token = [...inputs()][0]?.value ?? "";

/** Uses another token from now on: a new sign-in makes the page's own token invalid. */
export function useToken(fresh: string): void {
  token = fresh;
  for (const input of inputs()) input.value = fresh;
}

export const tokenNow = (): string => token;

export async function send<T>(path: string, fields: Record<string, unknown>, deadline = DEADLINE_MS): Promise<T> {
  return ask<T>(path, deadline, written(fields));
}

/** Sends a request for which nobody waits, with low priority: the server answers requests that people wait for first. */
export async function sendBehind<T>(path: string, fields: Record<string, unknown>, deadline: number): Promise<T> {
  const { headers, ...rest } = written(fields);
  return ask<T>(path, deadline, { ...rest, headers: { ...headers, priority: "u=6" } });
}

export async function look<T>(path: string): Promise<T> {
  return ask<T>(path, DEADLINE_MS, { headers: { ...named(), accept: "application/json" } });
}

/** Makes a background request, with low priority: the server answers requests that people wait for first. */
export async function lookBehind<T>(path: string): Promise<T> {
  return ask<T>(path, DEADLINE_MS, { headers: { accept: "application/json", priority: "u=6" } });
}

/** Tells the server something while the page is closing. The answer is not read. */
export function sendLeaving(path: string, fields: Record<string, unknown>): void {
  void fetch(path, { ...written(fields), credentials: "same-origin", keepalive: true }).catch(() => undefined);
}

function written(fields: Record<string, unknown>): RequestInit & { headers: Record<string, string> } {
  const headers = { ...named(), accept: "application/json", "content-type": "application/json", "x-csrftoken": token };
  return { method: "POST", headers, body: JSON.stringify({ version: 1, ...fields }) };
}

/** Requests a page of the desk without its frame, or sends it a form's fields. Returns the page, or what was done. */
export async function askPage<T>(
  path: string,
  fields?: URLSearchParams,
): Promise<{ html: string; told?: undefined } | { html?: undefined; told: T }> {
  const headers = { ...named(), accept: "text/html", "x-desk-sheet": "1", "x-csrftoken": token };
  const [type, text, response] = await fetched(path, DEADLINE_MS, fields ? { method: "POST", headers, body: fields } : { headers });
  return type.startsWith("text/html") ? { html: text } : { told: judged<T>(text, response) };
}

async function ask<T>(path: string, deadline: number, options: RequestInit): Promise<T> {
  const [, text, response] = await fetched(path, deadline, options);
  return judged<T>(text, response);
}

async function fetched(path: string, deadline: number, options: RequestInit): Promise<[string, string, Response]> {
  const signal = AbortSignal.timeout(deadline);
  try {
    const response = await fetch(path, { credentials: "same-origin", redirect: "error", cache: "no-store", signal, ...options });
    return [response.headers.get("content-type") ?? "", await response.text(), response];
  } catch (error) {
    throw new Unanswered(String(error));
  }
}

function judged<T>(text: string, response: Response): T {
  let told: Record<string, unknown>;
  try {
    told = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new Unanswered(String(error));
  }
  if (response.ok) return told as T;
  if (!Array.isArray(told.refused)) throw new Unanswered(String(response.status));
  throw new Refused(response.status, told.refused as Problem[], told);
}
