// Pictures when somebody asks for them: what is covered is fetched then, and all of a picture shown over the page (viewer.ts).
// Without this script a picture is a link to its largest file.

/** Has those fetched that stand in opened covers. Called again, it changes nothing. */
export function uncover(scope: ParentNode): void {
  for (const at of scope.querySelectorAll<HTMLElement>(".cover[open] :is(source, img, video)")) {
    for (const name of ["srcset", "src", "poster"]) {
      const address = at.dataset[name];
      if (address && at.getAttribute(name) !== address) at.setAttribute(name, address);
    }
  }
}

/** Listens for both, on the whole page. `whole`: shows all of a picture. */
export function pictures(whole: (link: HTMLAnchorElement) => unknown): void {
  uncover(document); // opened before this script was here
  document.addEventListener("toggle", () => uncover(document), true);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.whole");
    if (!link) return;
    event.preventDefault();
    whole(link);
  });
}
