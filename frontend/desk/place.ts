// Whose desk this is, of which live blog: by their ids, which stay when either is renamed.

const { user = "", blog = "", drafts = "" } = document.body.dataset;

export const place = {
  user: Number(user),
  blog: Number(blog),
  /** Where the server keeps drafts; "" on a page that is of no live blog. A renamed one has them elsewhere. */
  get drafts(): string {
    return document.querySelector<HTMLElement>("[data-screen]")?.dataset.drafts ?? drafts;
  },
  /** Where the server says what an address holds. */
  get links(): string {
    return this.drafts.replace(/drafts\/$/, "links/");
  },
  /** What a row of this person's on this live blog is found by. */
  name: `${user}/${blog}`,
};

/** A key with which a post is published once. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
