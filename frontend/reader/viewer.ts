// Shows a tapped picture as a whole, over the page.

/** `close`: the close button's accessible name. */
export function enlarge(link: HTMLAnchorElement, close: string): void {
  const over = document.createElement("dialog");
  if (!over.showModal) return void (location.href = link.href); // an old browser
  const button = document.createElement("button");
  const seen = Object.assign(new Image(), { alt: link.querySelector("img")!.alt, src: link.href });
  const said = link.closest("figure")!.querySelector("figcaption");
  button.textContent = "×";
  button.setAttribute("aria-label", close);
  over.className = "viewer";
  over.append(button, seen, said?.cloneNode(true) || "");
  over.onclick = ({ target }) => (target as Element).closest("a") || over.close();
  over.onclose = () => over.remove();
  document.body.append(over);
  over.showModal();
}
