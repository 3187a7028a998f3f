// Builds the reader's script and style into the Python package, where they are committed: running As It Happened needs
// no Node. `node build.mjs` writes; `node build.mjs --compare` fails if what is committed is not what the sources build.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(here);

// A reader on a train pays for every byte of this before the first post moves; the limit is the product's promise.
const READER_JS_GZIPPED_BYTES = 10_000;

const outputs = [
  { from: "reader/reader.ts", to: "src/asithappened/static/reader.js", limit: READER_JS_GZIPPED_BYTES },
  { from: "reader/reader.css", to: "src/asithappened/static/reader.css" },
];

const comparing = process.argv.includes("--compare");
let failed = false;

for (const { from, to, limit } of outputs) {
  const { outputFiles } = await build({
    entryPoints: [join(here, from)],
    absWorkingDir: here,
    bundle: true,
    external: ["/static/*"],
    minify: true,
    format: "iife",
    target: from.endsWith(".css") ? ["chrome90", "firefox90", "safari14"] : "es2020",
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  const bytes = outputFiles[0].contents;
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  console.log(`${to}: ${bytes.length} bytes, ${gzipped} gzipped`);

  if (limit && gzipped > limit) {
    console.error(`  too large: a reader may be asked for ${limit} bytes gzipped, and no more`);
    failed = true;
  }
  const path = join(repository, to);
  if (!comparing) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } else if (!existsSync(path) || !readFileSync(path).equals(bytes)) {
    console.error(`  ${to} is not what frontend/${from} builds: run make assets, and commit both`);
    failed = true;
  }
}

process.exit(failed ? 1 : 0);
