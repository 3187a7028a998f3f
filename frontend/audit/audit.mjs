// Runs Lighthouse on pages, on an emulated phone: `node audit.mjs CHROMIUM RUNS ADDRESS…` prints the medians as JSON, one line
// an address. python -m bench.audit runs it: it makes the live blogs, and has the target scores.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, runs, ...addresses] = process.argv.slice(2);
const categories = ["performance", "accessibility", "best-practices", "seo"];
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

for (const address of addresses) {
  const scores = Object.fromEntries(categories.map((name) => [name, []]));
  const missed = new Set();
  for (let run = 0; run < Number(runs); run++) {
    const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox"] });
    try {
      const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories, logLevel: "error" });
      for (const name of categories) {
        scores[name].push(Math.round(lhr.categories[name].score * 100));
        for (const { id, weight } of lhr.categories[name].auditRefs) {
          const { score, title, displayValue = "" } = lhr.audits[id];
          if (weight && score !== null && score < 0.9) missed.add(`${name}: ${title} ${displayValue}`.trim());
        }
      }
    } finally {
      await chrome.kill();
    }
  }
  const medians = Object.fromEntries(categories.map((name) => [name, median(scores[name])]));
  console.log(JSON.stringify({ address, medians, missed: [...missed] }));
}
