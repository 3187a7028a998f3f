// What a paste left out, counted while it is parsed, and reported in one sentence.

import { language } from "../../words";
import { say } from "../words";

declare global {
  namespace Intl {
    class ListFormat {
      constructor(language: string);
      format(list: string[]): string;
    }
  }
}

export class Left {
  deleted = 0;
  comments = 0;
  tracking = 0;
  pictures = 0;
  invisible = 0;
  wraps = 0;
  scripts = false;
  hidden = false;
  styles = false;

  /** "" if nothing important is missing: lost colours and fonts are reported only together with other things. */
  get sentence(): string {
    const counts = (["deleted", "comments", "tracking", "pictures", "invisible", "wraps"] as const)
      .filter((name) => this[name])
      .map((name) => say(`left.${name}`, { n: this[name] }));
    const others = (["hidden", "scripts"] as const).filter((name) => this[name]).map((name) => say(`left.${name}`));
    const all = [...counts, ...others];
    if (!all.length) return "";
    if (this.styles) all.unshift(say("left.styles"));
    return say("left", { what: new Intl.ListFormat(language).format(all) });
  }
}
