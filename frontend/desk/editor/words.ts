// The editor's texts: the page's words (views/editor_words.py) under the editor's own names.

import { t } from "../words";

export function say(name: string, values: Record<string, string | number> = {}): string {
  return t(`editor.${name}`, values);
}
