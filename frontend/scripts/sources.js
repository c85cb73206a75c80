import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** What the build is made from, beside everything under src/, static/ and scripts/. embed_test.go names the same. */
const files = ['codegen.ts', 'package-lock.json', 'package.json', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts'];
const folders = ['scripts', 'src', 'static'];

const root = new URL('../', import.meta.url);

/**
 * SHA-256 in hex of the list of all sources, one line each in byte order of their paths: SHA-256 of the content, two
 * spaces, path. The same sources give the same hash on every machine.
 */
export function hashSources() {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.pathname.length)),
  );
  const lines = [...files, ...inFolders].sort(byBytes).map((path) => `${sha256(readFileSync(new URL(path, root)))}  ${path}\n`);
  return sha256(lines.join(''));
}

/** @param {string} a @param {string} b */
function byBytes(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** @param {import('node:crypto').BinaryLike} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
