// HTML that came from the server into nodes, and one element into another with as few changes as can be.

import { CLIENT_ONLY, SHOWN } from "./client-only";

export const html = (text: string, in_ = "template"): Element => {
  const template = document.createElement("template");
  template.innerHTML = text;
  if (in_ === "template") return template.content.firstElementChild!;
  const element = document.createElement(in_);
  element.append(template.content);
  return element;
};

/** Makes one element like another with as few changes as can be; what is alike already is not touched. */
export function morph(live: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes) if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of [...live.attributes]) {
    const ours = CLIENT_ONLY.includes(name) || fresh.hasAttribute(`data-${name}`);
    if (!ours && !fresh.hasAttribute(name)) live.removeAttribute(name);
  }
  let at = past(live.firstChild);
  const coming = [...fresh.childNodes];
  coming.forEach((node, n) => {
    let match = at;
    while (match && !match.isEqualNode(node)) match = past(match.nextSibling);
    if (match) {
      while (at !== match) at = gone(at!);
      at = past(match.nextSibling);
    } else if (at && alike(at, node) && !coming.slice(n + 1).some((later) => later.isEqualNode(at))) {
      if (at instanceof Element) morph(at, node as Element);
      else at.nodeValue = node.nodeValue;
      at = past(at.nextSibling);
    } else live.insertBefore(node, at);
  });
  while (at) at = gone(at);
}

/** Closes the frames of a post whose links lead elsewhere now, or are gone. */
export function closeStale(post: Element): void {
  for (const box of post.querySelectorAll(".shown")) {
    const link = box.nextElementSibling as HTMLElement | null;
    if (link?.dataset.frame !== box.firstElementChild!.getAttribute("src")) box.remove();
  }
}

/** Skips what this script put there: no fresh element has it, and a film that plays goes on. */
function past(node: ChildNode | null): ChildNode | null {
  while (node && (node as Element).className === SHOWN) node = node.nextSibling;
  return node;
}

function gone(node: ChildNode): ChildNode | null {
  const next = past(node.nextSibling);
  node.remove();
  return next;
}

function alike(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && (a as Element).id === (b as Element).id;
}
