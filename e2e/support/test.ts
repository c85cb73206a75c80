import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { Gatehouse } from './gatehouse.ts';
import { Mailbox } from './mailbox.ts';

export { expect };

interface Fixtures {
  mailbox: Mailbox;
  gatehouse: Gatehouse;
  /** Opens a page of the server, as a visitor from an address. A console error or a CSP report in it fails the test. */
  visit: (from?: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  mailbox: async ({}, use) => {
    const mailbox = await Mailbox.open();
    await use(mailbox);
    await mailbox.close();
  },
  gatehouse: async ({ mailbox }, use) => {
    const gatehouse = await Gatehouse.start({ smtp: mailbox.address });
    await use(gatehouse);
    await gatehouse.stop();
  },
  visit: async ({ browser, gatehouse, contextOptions }, use) => {
    const complaints: string[] = [];
    await use(async (from = '198.51.100.23') => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: gatehouse.url,
        extraHTTPHeaders: { 'X-Forwarded-For': from },
      });
      const page = await context.newPage();
      watch(page, complaints);
      return page;
    });
    expect(complaints).toEqual([]);
  },
});

/** Collects what a page complains of: console errors (CSP reports are among them) and uncaught exceptions. */
export function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
}

/** axe-core finds nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
}
