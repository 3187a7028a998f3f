// htmx, a bundle of its own. It takes up what is in the page by itself. Look next: swapping.ts, which loads it.

import htmx from "htmx.org";

export default htmx;
