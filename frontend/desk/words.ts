// The words of the desk's scripts, from the page (views/words.py has the list), in the interface's language with its plural
// forms. Scripts contain no words.

type Form = string | Record<string, string>;

const said = JSON.parse(document.getElementById("desk-words")?.textContent || "{}") as {
  lang?: string;
  words?: Record<string, Form>;
};
export const language = said.lang || document.documentElement.lang || "en";
const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** Returns a text by its name. `values`: for the braces in it; `n` also picks the plural form. */
export function t(name: string, values: Record<string, string | number> = {}): string {
  const found = said.words?.[name] ?? name;
  const form = typeof found === "string" ? found : (found[rules.select(Number(values.n))] ?? found.other ?? name);
  return form.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key] ?? "";
    return typeof value === "number" ? numbers.format(value) : value;
  });
}
