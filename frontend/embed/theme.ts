// The theme that an embedding page may set: names from a list, and values of forms that can fetch or run nothing.

const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|(?:rgb|hsl)a?\([0-9., %/]{1,40}\))$/i;
const FONT = /^[\p{L}\p{N} ,'"-]{1,120}$/u;
const LENGTH = /^[0-9]{1,2}(?:\.[0-9]{1,2})?(?:px|rem|em)$/;

const ALLOWED = new Map<string, RegExp>([
  ["paper", COLOUR],
  ["tint", COLOUR],
  ["ink", COLOUR],
  ["soft", COLOUR],
  ["rule", COLOUR],
  ["accent", COLOUR],
  ["on-accent", COLOUR],
  ["link", COLOUR],
  ["serif", FONT],
  ["sans", FONT],
  ["radius", LENGTH],
]);

/** Returns the allowed entries of a theme, as custom properties of the reader's style sheet. */
export function allowed(theme: unknown): [string, string][] {
  if (!theme || typeof theme !== "object") return [];
  return Object.entries(theme)
    .filter(([name, value]) => typeof value === "string" && ALLOWED.get(name)?.test(value))
    .map(([name, value]) => ["--" + name, value]);
}

export const NAMES = [...ALLOWED.keys()];
