// Asks for the script of blocks with figures that move (moving.ts; a poll is of the class of results) once the page has one;
// every other page is spared it.

import { words } from "./words";

/** Called whenever a post was put in place. */
export function movingBlocks(): void {
  if (document.querySelector(".results,.score")) void import(words.moving);
}
