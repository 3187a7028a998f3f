// htmx, which asks for what is looked for and for what a tab holds, and puts it in its place. Owns that it is loaded when
// that is first wanted, and not with the desk.

import type htmx from "./htmx";

const { htmx: address = "" } = document.querySelector<HTMLElement>("[data-screen]")?.dataset ?? {};
let loading: Promise<typeof htmx> | undefined;

/** Returns it once it is there; throws, and may be asked again, where it cannot be had. */
export function swapping(): Promise<typeof htmx> {
  loading ??= (import(address) as Promise<{ default: typeof htmx }>).then(async ({ default: made }) => {
    await new Promise((taken) => setTimeout(taken)); // it takes up what is in the page a task after it is there
    return made;
  });
  loading.catch(() => (loading = undefined));
  return loading;
}
