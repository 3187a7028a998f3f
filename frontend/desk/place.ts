// The person and the live blog of this desk, by their ids, which stay when either is renamed.

export { freshKey } from "./once";

const { user = "", blog = "", drafts = "" } = document.body.dataset;

export const place = {
  user: Number(user),
  blog: Number(blog),
  /** The address of drafts on the server; "" on a page without a live blog. It changes when the live blog is renamed. */
  get drafts(): string {
    return document.querySelector<HTMLElement>("[data-screen]")?.dataset.drafts ?? drafts;
  },
  /** The address that looks up links. */
  get links(): string {
    return this.drafts.replace(/drafts\/$/, "links/");
  },
  /** The key of this person's rows on this live blog in the device's database. */
  name: `${user}/${blog}`,
};
