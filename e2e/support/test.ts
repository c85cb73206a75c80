import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { createAccount, signInAdministrator, type Administrator } from './account.ts';
import type { Client } from './client.ts';
import { Gatehouse } from './gatehouse.ts';
import { Mailbox } from './mailbox.ts';

export { expect };

interface Options {
  /** What the server begins with: an empty database, an account with its administrator, or one that is lived in. */
  account: 'none' | 'fresh' | 'demo';
  /** The host of --public-url as an operator writes it. */
  publicHost: string;
}

interface Fixtures {
  mailbox: Mailbox;
  gatehouse: Gatehouse;
  /** Signed in with a second factor, without a browser. Not with an empty database. */
  admin: Administrator;
  /** Opens a page of the server, as a visitor from an address. A console error or a CSP report in it fails the test. */
  visit: (options?: { from?: string; as?: Client }) => Promise<Page>;
}

export const test = base.extend<Fixtures & Options>({
  account: ['none', { option: true }],
  publicHost: ['localhost', { option: true }],
  mailbox: async ({}, use) => {
    const mailbox = await Mailbox.open();
    await use(mailbox);
    await mailbox.close();
  },
  gatehouse: async ({ mailbox, account, publicHost }, use) => {
    const prepare = (data: string) => createAccount(data, { demo: account === 'demo' });
    const gatehouse = await Gatehouse.start({ smtp: mailbox.address, publicHost, ...(account === 'none' ? {} : { prepare }) });
    await use(gatehouse);
    await gatehouse.stop();
  },
  admin: async ({ gatehouse }, use) => {
    await use(await signInAdministrator(gatehouse));
  },
  visit: async ({ browser, gatehouse }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async ({ from = '198.51.100.23', as } = {}) => {
      const context = await browser.newContext({ baseURL: gatehouse.url, extraHTTPHeaders: { 'X-Forwarded-For': from } });
      contexts.push(context);
      if (as) await context.addCookies(as.cookies());
      const page = await context.newPage();
      watch(page, complaints);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

/** Collects what a page complains of: console errors (CSP reports are among them) and uncaught exceptions. */
export function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
}

/** What axe-core finds on a page. */
export async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}
