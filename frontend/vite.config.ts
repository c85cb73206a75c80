import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * SvelteKit hides the element that reads out page titles by a style attribute, which the Content-Security-Policy forbids.
 * helpers.css hides it instead.
 */
const announcerWithoutStyle: Plugin = {
  name: 'announcer-without-style',
  enforce: 'pre',
  transform: {
    filter: { id: /\/generated\/root\.svelte$/ },
    handler: (code) => code.replace(/(<div id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1'),
  },
};

export default defineConfig({
  plugins: [announcerWithoutStyle, sveltekit()],
  build: { assetsInlineLimit: 0 }, // the Content-Security-Policy allows no data: addresses
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:8080', headers: { Host: 'localhost:8080' } } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node', env: { TZ: 'UTC' } },
});
