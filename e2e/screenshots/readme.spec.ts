import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

test.use({ account: 'demo', colorScheme: 'light' });

const folder = path.resolve(import.meta.dirname, '../../docs/images');

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

test('sign-in', async ({ visit }) => {
  const page = await visit();
  await page.goto('/sign-in');
  await picture(page, 'sign-in');
});

test('users, the flow of a new one, and a role', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users');
  await picture(page, 'users');

  await page.goto('/users/new');
  await page.getByLabel('Name', { exact: true }).fill('Femke de Boer');
  await page.getByLabel('Login name').fill('femke');
  await page.getByLabel('Email').fill('femke@acme.example');
  await page.getByText('Support 1', { exact: true }).click();
  await picture(page, 'new-user');

  await page.getByLabel('Login name').fill('fe mke');
  await page.getByLabel('Email').fill('femke');
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('alert').first()).toBeFocused();
  await picture(page, 'new-user-error');

  await page.goto('/roles');
  await page.getByRole('link', { name: 'Support 2' }).click();
  await page.getByLabel('View the audit trail').check();
  await page.getByLabel('Resend from processes').uncheck();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'role');
});

test('API keys, and one of them', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/keys');
  await picture(page, 'keys');

  const { apiKeys } = await admin.client.query('{ apiKeys(first: 100, filter: { statuses: [ACTIVE] }) { nodes { id lastUsedAt restrictedTo } } }');
  const shown = apiKeys.nodes.find((key: { lastUsedAt: string | null; restrictedTo: string[] | null }) => key.lastUsedAt && key.restrictedTo) ?? apiKeys.nodes[0];
  await page.goto(`/keys/${shown.id}`);
  await picture(page, 'key');
});
