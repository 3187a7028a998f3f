// Pictures on request: covered ones are fetched when they are uncovered, and a tapped one is enlarged over the page
// (viewer.ts). Without this script a picture is a link to its largest file.

/** Has pictures and films in opened covers fetched. Idempotent. */
export function uncover(scope: ParentNode): void {
  for (const at of scope.querySelectorAll<HTMLElement>(".cover[open] :is(source, img, video)")) {
    for (const name of ["srcset", "src", "poster"]) {
      const address = at.dataset[name];
      if (address && at.getAttribute(name) !== address) at.setAttribute(name, address);
    }
  }
}

/** Handles both on the whole page. `enlarge`: shows the whole picture. */
export function pictures(enlarge: (link: HTMLAnchorElement) => unknown): void {
  uncover(document); // covers that were opened before this script ran
  document.addEventListener("toggle", () => uncover(document), true);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.whole");
    if (!link) return;
    event.preventDefault();
    enlarge(link);
  });
}
