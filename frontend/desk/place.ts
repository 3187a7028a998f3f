// Whose desk this is, of which live blog: by their ids, which stay when either is renamed.

export { freshKey } from "./once";

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
