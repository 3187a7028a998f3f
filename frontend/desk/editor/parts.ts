// Small pieces of a page, made without HTML: an element, a button, a labelled field.

type Attributes = Record<string, string | boolean | number | undefined>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...inside: (string | HTMLElement)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside);
  return made;
}

let made = 0;

/** An id that no other element of this page has. */
export function unused(): string {
  return `body-editor-${++made}`;
}

export function button(label: string, does: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const it = element("button", { type: "button", ...attributes }, label);
  it.addEventListener("click", does);
  return it;
}
