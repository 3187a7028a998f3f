// Which posts are on the screen. Marks the present key event in the lists of key events, and remembers which posts were seen.

export class OnScreen {
  /** The ids of posts that were on the screen. */
  readonly seen = new Set<string>();
  /** The posts that are on the screen. */
  private shown = new Set<Element>();
  private watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(target.id.slice(2));
        this.shown[isIntersecting ? "add" : "delete"](target);
        if (!target.isConnected) this.watcher.unobserve(target);
      }
      this.mark();
    },
    { rootMargin: "-48px 0px -25%" }, // below the bar, where people read
  );

  constructor(private posts: Element) {
    const watch = (nodes: Iterable<Node>): void => {
      for (const node of nodes) this.watcher.observe(node as Element);
    };
    watch(posts.children);
    new MutationObserver((all) => all.forEach(({ addedNodes }) => watch(addedNodes))).observe(posts, { childList: true });
  }

  /** Marks the key event that is on the screen, or the last one before what is on it. */
  mark(): void {
    const posts = [...this.posts.children];
    if (document.documentElement.matches("[data-oldest],[data-page=oldest_first]")) posts.reverse();
    const from = posts.findIndex((post) => this.shown.has(post));
    const event = from < 0 ? null : posts.slice(from).find((post) => post.matches(".post-key"));
    for (const link of document.querySelectorAll<HTMLElement>(".keyevents a")) {
      const current = event?.id === "p-" + link.dataset.post;
      if (current === link.hasAttribute("aria-current")) continue; // so that nothing is drawn again
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
