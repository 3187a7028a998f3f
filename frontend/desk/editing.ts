// Which posts are being edited in this page, by what stands in it: a composer in the row of each. Owns reading that.

/** The post, "new" or "" where somebody types, or last opened one; and every post that has a composer in place. */
export function editedHere(): { at: string; posts: string[] } {
  const open = [...document.querySelectorAll<HTMLFormElement>("form[data-composer=edit]")];
  const posts = open.map((form) => form.dataset.post ?? "").filter(Boolean);
  const form = document.activeElement?.closest<HTMLFormElement>("form[data-composer]");
  const at = form ? (form.dataset.post ?? "new") : (posts[posts.length - 1] ?? "");
  return { at, posts };
}

/** The composer in which a post is edited here. */
export function composerOf(post: string): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>(`form[data-composer=edit][data-post="${CSS.escape(post)}"]`);
}
