// Cleaning of characters by the rules of core/text.py (docs/text.md). A test compares the two over all of Unicode.

/* eslint-disable no-control-regex */
const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/gu;
const OVERRIDES = /[\u202a-\u202e]/g;
const LITTER = /[\ufeff\ufff9-\ufffc\u206a-\u206f]/g;
const SOFT_LINE_ENDS = /[\x0b\x0c\x85\u2028\u2029]/g;
const SEPARATORS = /[\x1c-\x1f]/g;
const ESCAPES = /\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g; // a terminal's colours

/** Cleans a string for storing: line ends as \n, composed, no control characters, nothing that reverses other text. */
export function cleaned(text: string): string {
  return text
    .replace(ESCAPES, "")
    .replace(/\r\n?/g, "\n")
    .replace(SOFT_LINE_ENDS, "\n")
    .replace(SEPARATORS, " ")
    .replace(FORBIDDEN, "")
    .replace(OVERRIDES, "")
    .replace(LITTER, "")
    .normalize("NFC");
}

/** The number of invisible characters that are removed: those that reverse text, and litter. */
export function unseen(text: string): number {
  return (text.match(OVERRIDES)?.length ?? 0) + (text.match(LITTER)?.length ?? 0);
}
