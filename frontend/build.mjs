// Bundles the style sheet and the modules, copies fonts and the mark, compresses, and prints one line per file:
//   name <TAB> content type <TAB> file <TAB> gzip file or "-"
// Run by base/web/build.rs as `node build.mjs <out folder>`, with this folder's copy as the working directory.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};
const NOTICES = [
  ["htmx.org", "LICENSE"],
  ["@fontsource-variable/noto-sans", "LICENSE"],
  ["@expo-google-fonts/tinos", "LICENSE_FONT"],
];

const out = resolve(process.argv[2]);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { metafile } = await build({
  entryPoints: { main: "css/main.css", app: "js/main.js", offline: "js/offline.js", worker: "js/worker.js" },
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: ["chrome105", "firefox110", "safari16"],
  legalComments: "none",
  loader: { ".woff2": "file" },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: "/assets",
  logLevel: "error",
});

// A file of our own under a name that carries its content's hash.
function emit(name, body) {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8).toUpperCase();
  const file = join(out, name.replace(".", `-${hash}.`));
  writeFileSync(file, body);
  return file;
}
const notices = NOTICES.map(([name, file]) => `${name}\n\n${readFileSync(join("node_modules", name, file), "utf8")}`);
const files = [
  ...Object.keys(metafile.outputs).map((file) => resolve(file)),
  emit("mark.svg", readFileSync("img/mark.svg")),
  emit("licences.txt", notices.join(`\n${"-".repeat(78)}\n\n`)),
];

for (const file of files.sort()) {
  const type = TYPES[extname(file)];
  const compressed = extname(file) === ".woff2" ? "-" : `${file}.gz`;
  if (compressed !== "-") writeFileSync(compressed, gzipSync(readFileSync(file), { level: 9 }));
  console.log([basename(file), type, file, compressed].join("\t"));
}
