import { loadLanguage } from '$lib/i18n/index.svelte';

// A single-page application: the server only hands out files.
export const ssr = false;
export const prerender = false;

export const load = loadLanguage;
