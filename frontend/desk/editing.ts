// Which posts are being edited in this page: those with a composer in their row. Owns reading that from the page.

/** The post, "new" or "" where the person is typing or last opened a composer; and every post with a composer. */
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
