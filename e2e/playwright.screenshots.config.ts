import config from './playwright.config.ts';

// Makes the pictures of the README in docs/images: `npm run screenshots`.
export default { ...config, testDir: 'screenshots', workers: 1 };
