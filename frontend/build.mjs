// Builds the scripts and styles into the Python package, where they are committed, so that running As It Happened needs no
// Node. `node build.mjs` writes them; `node build.mjs --compare` fails if the committed files differ from what it builds.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(here);

// On a slow network every byte of this delays the first live post; README.md promises the limit.
const READER_JS_GZIPPED_BYTES = 10_000;

// Scripts and style of the desk's screen together, so that it loads quickly on an old laptop.
const DESK_GZIPPED_BYTES = 170_000;

// Includes the tus client; half of that is for URLs and base64 in old browsers.
const UPLOAD_GZIPPED_BYTES = 30_000;

// All that the app's first page needs on a phone without a network.
const APP_GZIPPED_BYTES = 8_000;

// Properties of the reader's classes that are used by no other script, message or browser API, so they can be shortened.
const OWN_NAMES = new RegExp(
  "^(anchoredAt|anchoring|announcer|applyPending|awaited|boundaryOf|catchingUp|caughtUp|closeStream|countPaused|dropped|" +
    "enqueue|evictOldest|failedPolls|failedStreams|fetchedSeq|fetchPage|fetchSegments|firstAt|fromTab|isNews|keepLive|lastHead|" +
    "lateness|loseConnection|mayFetchAt|maySlideIn|newWhilePaused|nextAt|noteShown|numberPosts|onFrame|onHello|onPart|pending|" +
    "pollIn|pollMs|pollS|queued|readingPosition|received|receivedAt|refetches|reloadIfPost|replaceParts|scrollToPosition|" +
    "servedOldestFirst|showConnection|showCount|showQueued|shownUpTo|statusChanged|streaming|takesNew|useFreshConnections|" +
    "wantsStream|withCredentials)$",
);

const OLD = ["chrome90", "firefox90", "safari14"];
const RECENT = ["chrome111", "firefox113", "safari16.4"];
const outputs = [
  { from: "reader/reader.ts", to: "src/asithappened/static/reader.js", limit: READER_JS_GZIPPED_BYTES, target: "es2020", own: OWN_NAMES },
  // Without a limit: fetched with the first focus in the feed, or the first history.
  { from: "reader/feed.ts", to: "src/asithappened/static/reader-feed.js", format: "esm", target: "es2020" },
  // Without a limit: fetched when a reader asks for alerts, and to show them.
  { from: "alerts/alerts.ts", to: "src/asithappened/static/alerts.js", format: "esm", target: "es2020" },
  { from: "alerts/worker.ts", to: "src/asithappened/static/alerts-worker.js", target: "es2020" },
  // Without a limit: fetched when a reader comes back and something happened meanwhile.
  { from: "reader/since.ts", to: "src/asithappened/static/reader-since.js", format: "esm", target: "es2020" },
  // Without a limit: fetched with the first tap that shares a post or opens a third party's.
  { from: "reader/others.ts", to: "src/asithappened/static/reader-others.js", format: "esm", target: "es2020" },
  // Without a limit: fetched only on pages with results or a score.
  { from: "reader/moving.ts", to: "src/asithappened/static/reader-moving.js", format: "esm", target: "es2020" },
  // Only on pages of a newsroom that counts how they are read. It changes nothing that a reader sees.
  { from: "reader/readership.ts", to: "src/asithappened/static/reader-readership.js", format: "esm", target: "es2020", limit: 1_000 },
  { from: "reader/reader.css", to: "src/asithappened/static/reader.css", target: OLD },
  { from: "house/front.css", to: "src/asithappened/static/front.css", target: OLD },
  // On pages of other sites, and in the frames there; the reader's page does not fetch them.
  { from: "embed/embed.ts", to: "src/asithappened/static/embed.js", target: "es2020", limit: 1_500 },
  { from: "embed/frame.ts", to: "src/asithappened/static/embed-frame.js", target: "es2020" },
  { from: "embed/frame.css", to: "src/asithappened/static/embed-frame.css", target: OLD },
  { from: "desk/desk.ts", to: "src/asithappened/static/desk.js", desk: true, target: RECENT },
  // Not in the desk's limit: fetched with the first search or tab.
  { from: "desk/htmx.ts", to: "src/asithappened/static/desk-htmx.js", format: "esm", target: RECENT },
  { from: "desk/editor/editor.ts", to: "src/asithappened/static/desk-editor.js", desk: true, format: "esm", target: RECENT },
  // Not in the desk's limit: fetched with the first paste.
  { from: "desk/editor/paste/reading.ts", to: "src/asithappened/static/desk-reading.js", format: "esm", target: RECENT },
  // Not in the desk's limit: fetched when somebody begins to write.
  { from: "desk/ledger/suggesting.ts", to: "src/asithappened/static/desk-ledger.js", format: "esm", target: RECENT },
  // Not in the desk's limit: fetched with the first file.
  { from: "desk/upload/upload.ts", to: "src/asithappened/static/desk-upload.js", format: "esm", target: RECENT, limit: UPLOAD_GZIPPED_BYTES },
  // Not in the desk's limit: stored on the device beforehand, or fetched in the background.
  { from: "desk/app/app.ts", to: "src/asithappened/static/desk-app.js", target: RECENT, limit: APP_GZIPPED_BYTES },
  { from: "desk/worker/worker.ts", to: "src/asithappened/static/desk-worker.js", target: RECENT, limit: UPLOAD_GZIPPED_BYTES },
  { from: "desk/leaving.ts", to: "src/asithappened/static/desk-leaving.js", desk: true, target: RECENT },
  // Not in the desk's limit: only on the pages of profiles.
  { from: "desk/portrait.ts", to: "src/asithappened/static/desk-portrait.js", target: RECENT },
  { from: "desk/desk.css", to: "src/asithappened/static/desk.css", desk: true, target: RECENT },
];

/** `@import "x.css?within=.y"`: another sheet's rules, nested in a selector. */
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
    console.error(`  too large: the limit is ${limit} bytes gzipped`);
    failed = true;
  }
  const path = join(repository, to);
  if (!comparing) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    // Brotli at its best takes seconds, so it runs here and not in every process that serves.
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
