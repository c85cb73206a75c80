import { defineConfig } from '@playwright/test';

// The tests drive the built program (GATEHOUSE_PROGRAM, by default ../.build/gatehouse) with Debian's Chromium. Each test
// has a server, a database and a mail server of its own.
export default defineConfig({
  testDir: 'tests',
  outputDir: '../.build/e2e',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
