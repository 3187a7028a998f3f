// Fetches the script of blocks whose figures change (moving.ts) once the page has one. A poll has the class of results too.

import { words } from "./words";

/** Called after each change of the posts. */
export function loadMoving(): void {
  if (document.querySelector(".results,.score")) void import(words.moving);
}
