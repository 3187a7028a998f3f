// Makes elements of the server's HTML, and changes an element into another with as few mutations as possible.

import { CLIENT_ONLY, SHOWN } from "./client-only";

export const toElement = (html: string): Element => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild!;
};

/** Makes one element equal to another with as few mutations as possible; equal nodes stay the same nodes. */
export function morph(live: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes) if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of [...live.attributes]) {
    const ours = CLIENT_ONLY.includes(name) || fresh.hasAttribute(`data-${name}`);
    if (!ours && !fresh.hasAttribute(name)) live.removeAttribute(name);
  }
  let at = skipOwn(live.firstChild);
  const nodes = [...fresh.childNodes];
  nodes.forEach((node, n) => {
    let match = at;
    while (match && !match.isEqualNode(node)) match = skipOwn(match.nextSibling);
    if (match) {
      while (at !== match) at = remove(at!);
      at = skipOwn(match.nextSibling);
    } else if (at && sameElement(at, node) && !nodes.slice(n + 1).some((later) => later.isEqualNode(at))) {
      if (at instanceof Element) morph(at, node as Element);
      else at.nodeValue = node.nodeValue;
      at = skipOwn(at.nextSibling);
    } else live.insertBefore(node, at);
  });
  while (at) at = remove(at);
}

/** Closes the frames of a post whose link was removed or has another address. */
export function closeStaleFrames(post: Element): void {
  for (const box of post.querySelectorAll(".shown")) {
    const link = box.nextElementSibling as HTMLElement | null;
    if (link?.dataset.frame !== box.firstElementChild!.getAttribute("src")) box.remove();
  }
}

/** Skips elements that this script added: no fresh element has them, and a film that plays must go on. */
function skipOwn(node: ChildNode | null): ChildNode | null {
  while (node && (node as Element).className === SHOWN) node = node.nextSibling;
  return node;
}

/** Returns the next sibling. */
function remove(node: ChildNode): ChildNode | null {
  const next = skipOwn(node.nextSibling);
  node.remove();
  return next;
}

function sameElement(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && (a as Element).id === (b as Element).id;
}
