// htmx, a separate bundle. It processes the page when it is loaded. Look next: swapping.ts, which loads it.

import htmx from "htmx.org";

export default htmx;
