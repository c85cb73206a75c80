import adapter from '@sveltejs/adapter-static';
import { hashSources } from './scripts/sources.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ pages: 'dist', fallback: 'index.html' }),
    // From the sources, not the time: the same sources build the same bytes, and a changed page is seen as changed.
    version: { name: hashSources().slice(0, 16) },
    typescript: {
      config: (config) => {
        config.include.push('../codegen.ts', '../scripts/*.js', '../svelte.config.js');
      },
    },
  },
};
