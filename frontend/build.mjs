// Builds the reader's and the desk's scripts and styles into the Python package, where they are committed: running As It Happened needs
// no Node. `node build.mjs` writes; `node build.mjs --compare` fails if what is committed is not what the sources build.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(here);

// A reader on a train pays for every byte of this before the first post moves; the limit is the product's promise.
const READER_JS_GZIPPED_BYTES = 10_000;

// An old laptop in a newsroom has the desk's screen before its owner has sat down: scripts and style together.
const DESK_GZIPPED_BYTES = 170_000;

// With the tus client, whose half is for addresses and base64 that old browsers lack.
const UPLOAD_GZIPPED_BYTES = 30_000;

// A phone without a network shows the app's first page out of this alone.
const APP_GZIPPED_BYTES = 8_000;

// Names of the reader's classes that no other script, no message and no browser has: they need not be said to readers.
const OWN_NAMES = new RegExp(
  "^(announcer|awaited|boundaryOf|closing|dropped|failures|fetchedAt|fetchPage|fromTab|heardAt|isNews|lateness|letGo|" +
    "maySlideIn|misses|onHello|pending|pollIn|pollMs|pollS|resets|shownUpTo|standsAt|statusChanged|steadyAt|streaming|takeParts|" +
    "takesNew|turnAt|useFreshConnections|wantsStream|withCredentials)$",
);

const OLD = ["chrome90", "firefox90", "safari14"];
const RECENT = ["chrome111", "firefox113", "safari16.4"];
const outputs = [
  { from: "reader/reader.ts", to: "src/asithappened/static/reader.js", limit: READER_JS_GZIPPED_BYTES, target: "es2020", own: OWN_NAMES },
  // Not counted: with the first focus in the feed, or the first "Updated" that is asked about.
  { from: "reader/feed.ts", to: "src/asithappened/static/reader-feed.js", format: "esm", target: "es2020" },
  // Not counted: when a reader asks for alerts, and where alerts are shown.
  { from: "alerts/alerts.ts", to: "src/asithappened/static/alerts.js", format: "esm", target: "es2020" },
  { from: "alerts/worker.ts", to: "src/asithappened/static/alerts-worker.js", target: "es2020" },
  // Not counted: it is asked for when somebody comes back, and something happened meanwhile.
  { from: "reader/since.ts", to: "src/asithappened/static/reader-since.js", format: "esm", target: "es2020" },
  // Not counted: with the first tap that shares a post, or asks for what others made.
  { from: "reader/others.ts", to: "src/asithappened/static/reader-others.js", format: "esm", target: "es2020" },
  // Not counted: on pages with results or a score alone.
  { from: "reader/moving.ts", to: "src/asithappened/static/reader-moving.js", format: "esm", target: "es2020" },
  // Not counted: only where the newsroom counts how it is read; it changes nothing that a reader sees.
  { from: "reader/readership.ts", to: "src/asithappened/static/reader-readership.js", format: "esm", target: "es2020", limit: 1_000 },
  { from: "reader/reader.css", to: "src/asithappened/static/reader.css", target: OLD },
  { from: "house/front.css", to: "src/asithappened/static/front.css", target: OLD },
  // On pages of other sites, and in the frames there: nobody who reads here is asked for them.
  { from: "embed/embed.ts", to: "src/asithappened/static/embed.js", target: "es2020", limit: 1_500 },
  { from: "embed/frame.ts", to: "src/asithappened/static/embed-frame.js", target: "es2020" },
  { from: "embed/frame.css", to: "src/asithappened/static/embed-frame.css", target: OLD },
  { from: "desk/desk.ts", to: "src/asithappened/static/desk.js", desk: true, target: RECENT },
  // Not counted: with the first search, or the first tab.
  { from: "desk/htmx.ts", to: "src/asithappened/static/desk-htmx.js", format: "esm", target: RECENT },
  { from: "desk/editor/editor.ts", to: "src/asithappened/static/desk-editor.js", desk: true, format: "esm", target: RECENT },
  // Not counted either: with the first paste.
  { from: "desk/editor/paste/reading.ts", to: "src/asithappened/static/desk-reading.js", format: "esm", target: RECENT },
  // Not counted either: with the first words.
  { from: "desk/ledger/suggesting.ts", to: "src/asithappened/static/desk-ledger.js", format: "esm", target: RECENT },
  // Not counted either: it is asked for when the first file comes, which the desk's first sight does not wait for.
  { from: "desk/upload/upload.ts", to: "src/asithappened/static/desk-upload.js", format: "esm", target: RECENT, limit: UPLOAD_GZIPPED_BYTES },
  // Not counted either: without a network they are there already, and with one nobody waits for them.
  { from: "desk/app/app.ts", to: "src/asithappened/static/desk-app.js", target: RECENT, limit: APP_GZIPPED_BYTES },
  { from: "desk/worker/worker.ts", to: "src/asithappened/static/desk-worker.js", target: RECENT, limit: UPLOAD_GZIPPED_BYTES },
  { from: "desk/leaving.ts", to: "src/asithappened/static/desk-leaving.js", desk: true, target: RECENT },
  // Not counted: on the pages of profiles alone.
  { from: "desk/portrait.ts", to: "src/asithappened/static/desk-portrait.js", target: RECENT },
  { from: "desk/desk.css", to: "src/asithappened/static/desk.css", desk: true, target: RECENT },
];

/** `@import "x.css?within=.y"`: another sheet's rules, for what stands within an element. */
const within = {
  name: "within",
  setup(building) {
    building.onResolve({ filter: /\?within=/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path), namespace: "within" }));
    building.onLoad({ filter: /./, namespace: "within" }, ({ path }) => {
      const [file, element] = path.split("?within=");
      return { contents: `${element} {\n${readFileSync(file, "utf8")}\n}`, loader: "css" };
    });
  },
};

const comparing = process.argv.includes("--compare");
let failed = false;
let desk = 0;

for (const { from, to, limit, target, desk: ofDesk, format = "iife", own } of outputs) {
  const { outputFiles } = await build({
    entryPoints: [join(here, from)],
    absWorkingDir: here,
    bundle: true,
    external: ["/static/*"],
    minify: true,
    format,
    target,
    charset: "utf8",
    legalComments: "none",
    write: false,
    mangleProps: own,
    plugins: [within],
    logLevel: "warning",
  });
  const bytes = outputFiles[0].contents;
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  console.log(`${to}: ${bytes.length} bytes, ${gzipped} gzipped`);

  if (ofDesk) desk += gzipped;
  if (limit && gzipped > limit) {
    console.error(`  too large: nobody is asked for more than ${limit} bytes gzipped of it`);
    failed = true;
  }
  const path = join(repository, to);
  if (!comparing) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    // Brotli's best takes seconds: once here, and not in every process that serves.
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  } else if (!existsSync(`${path}.br`) || !brotliDecompressSync(readFileSync(`${path}.br`)).equals(bytes)) {
    console.error(`  ${to}.br is not what frontend/${from} builds: run make assets, and commit both`);
    failed = true;
  } else if (!existsSync(path) || !readFileSync(path).equals(bytes)) {
    console.error(`  ${to} is not what frontend/${from} builds: run make assets, and commit both`);
    failed = true;
  }
}

if (desk > DESK_GZIPPED_BYTES) {
  console.error(`  the desk is too large: ${desk} bytes gzipped of ${DESK_GZIPPED_BYTES}`);
  failed = true;
}
process.exit(failed ? 1 : 0);
