// Runs after the build. Writes beside dist/ from which sources it was made, and into it the hashes of the inline
// scripts of index.html, which the server puts into its Content-Security-Policy.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { hashSources } from './sources.js';

const dist = new URL('../dist/', import.meta.url);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const scripts = [...page.matchAll(/(?<=<script>)[^]*?(?=<\/script>)/g)].map(([script]) => script);
const hashes = scripts.map((script) => `sha256-${createHash('sha256').update(script).digest('base64')}\n`);

writeFileSync(new URL('script-hashes.txt', dist), hashes.join(''));
writeFileSync(new URL('../dist.sources', import.meta.url), `${hashSources()}\n`);
