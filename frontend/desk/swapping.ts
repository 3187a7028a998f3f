// htmx requests search results and panels of tabs, and swaps them in. Owns that it is loaded when it is first needed, and
// not with the desk.

import type htmx from "./htmx";

const { htmx: address = "" } = document.querySelector<HTMLElement>("[data-screen]")?.dataset ?? {};
let loading: Promise<typeof htmx> | undefined;

/** Returns once it is loaded; throws if it cannot be, and may be called again. */
export function swapping(): Promise<typeof htmx> {
  loading ??= (import(address) as Promise<{ default: typeof htmx }>).then(async ({ default: made }) => {
    await new Promise((taken) => setTimeout(taken)); // it processes the page one task after it is loaded
    return made;
  });
  loading.catch(() => (loading = undefined));
  return loading;
}
