// Pictures when somebody asks for them: what is covered is fetched then, and all of a picture shown over the page. Without this
// script a picture is a link to its largest file.

/** Has those fetched that stand in opened covers. Called again, it changes nothing. */
export function uncover(scope: ParentNode): void {
  for (const at of scope.querySelectorAll<HTMLElement>(".cover[open] :is(source, img, video)")) {
    for (const name of ["srcset", "src", "poster"]) {
      const address = at.dataset[name];
      if (address && at.getAttribute(name) !== address) at.setAttribute(name, address);
    }
  }
}

/** Listens for both, on the whole page. `close`: the name of the button that ends showing a picture large. */
export function pictures(close: string): void {
  uncover(document); // opened before this script was here
  document.addEventListener("toggle", () => uncover(document), true);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.whole");
    if (link) show(event, link, close);
  });
}

function show(event: Event, link: HTMLAnchorElement, close: string): void {
  const over = document.createElement("dialog");
  if (!over.showModal) return; // an old browser's: the link leads to the file
  event.preventDefault();
  const button = document.createElement("button");
  const seen = Object.assign(new Image(), { alt: link.querySelector("img")!.alt, src: link.href });
  const words = link.closest("figure")!.querySelector("figcaption");
  button.textContent = "×";
  button.setAttribute("aria-label", close);
  over.className = "viewer";
  over.append(button, seen, words?.cloneNode(true) || "");
  over.onclick = ({ target }) => (target as Element).closest("a") || over.close();
  over.onclose = () => over.remove();
  document.body.append(over);
  over.showModal();
}
