import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Administrator } from '../support/account.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'fresh' });

/** Creates an application that may look at users, and returns its ID. */
async function createProgram(admin: Administrator): Promise<string> {
  const { role } = await admin.client.change('createRole', { name: 'Billing', description: '', permissions: ['VIEW_USER', 'VIEW_DOMAIN'] }, 'role { id }');
  const { user } = await admin.client.change(
    'createUser',
    {
      kind: 'API',
      loginName: 'whmcs',
      email: 'whmcs@acme.example',
      name: 'WHMCS',
      language: 'EN',
      roleIds: [role.id],
      mfaForced: true,
      accessPoints: ['API', 'ISPROXY'],
    },
    'user { id }',
  );
  return user.id;
}

/** What GraphQL answers to a program that shows a key. */
async function ask(url: string, key: string, query: string): Promise<{ status: number; data?: any; errors?: any[] }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `ApiKey ${key}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** The key that the page shows, which it shows this once. */
async function shownKey(page: Page): Promise<string> {
  const shown = page.locator('.secret .val');
  await expect(shown).toHaveText(/^gatekey_[0-9A-Za-z]{49}$/);
  return (await shown.textContent())!;
}

const line = (page: Page, name: string) => page.locator('.line-item').filter({ hasText: name });

test('a program gets its first key, which asks GraphQL until it is revoked', async ({ visit, admin, gatehouse }) => {
  const id = await createProgram(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}`);
  await page.getByRole('button', { name: 'Create the first key' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('Billing server');
  await dialog.getByRole('checkbox', { name: /^API/ }).check();
  expect.soft(await violations(page), 'the form').toEqual([]);
  await dialog.getByRole('button', { name: 'Create key' }).click();

  const key = await shownKey(page);
  await expect(page.getByRole('heading', { name: 'Your new key: Billing server' })).toBeFocused();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as .env' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('gatehouse-api-key.env');
  expect(await readFile(await download.path(), 'utf8')).toBe(`GATEHOUSE_API_KEY=${key}\n`);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  await expect(line(page, 'Billing server')).toContainText('Never used');
  await page.reload();
  await expect(line(page, 'Billing server')).toContainText('Live');
  expect(await page.content()).not.toContain(key);

  expect(await ask(gatehouse.url, key, '{ viewer { user { loginName } assurance } }')).toMatchObject({
    status: 200,
    data: { viewer: { user: { loginName: 'whmcs' }, assurance: 'API_KEY' } },
  });
  await expect(async () => {
    await page.reload();
    await expect(line(page, 'Billing server')).toContainText('Last used', { timeout: 500 });
  }).toPass();

  await line(page, 'Billing server').getByRole('button', { name: 'Actions for Billing server' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('dialog', { name: 'Revoke Billing server?' }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Billing server is revoked');
  expect(await ask(gatehouse.url, key, '{ viewer { ip } }')).toMatchObject({ status: 401, errors: [{ extensions: { reason: 'KEY_REVOKED' } }] });
  await page.getByRole('button', { name: 'Show ended keys' }).click();
  await expect(line(page, 'Billing server')).toContainText('Revoked');
});

test('a key is restricted, rotated with an overlap, and changed', async ({ visit, admin, gatehouse }) => {
  const id = await createProgram(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}`);
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByRole('alert'), 'what is missing is told').toBeFocused();
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('Reports');
  await dialog.getByRole('checkbox', { name: /^API/ }).check();
  await dialog.getByRole('radio', { name: /^Only some of it/ }).check();
  await dialog.getByRole('searchbox', { name: 'Search permissions' }).fill('view_domain');
  await dialog.getByRole('checkbox', { name: /VIEW_DOMAIN/ }).check();
  await dialog.getByRole('combobox', { name: 'When it ends' }).selectOption('Never');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const first = await shownKey(page);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(line(page, 'Reports')).toContainText('1 permission');
  await expect(line(page, 'Reports')).toContainText('No end');
  const restricted = await ask(gatehouse.url, first, '{ viewer { permissions } users { nodes { id } } }');
  expect(restricted).toMatchObject({ data: { viewer: { permissions: ['VIEW_DOMAIN'] }, users: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });

  await line(page, 'Reports').getByRole('button', { name: 'Actions for Reports' }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await page.getByRole('dialog', { name: 'Rotate Reports?' }).getByRole('button', { name: 'Rotate' }).click();
  const second = await shownKey(page);
  expect(second).not.toBe(first);
  for (const key of [first, second]) expect((await ask(gatehouse.url, key, '{ viewer { ip } }')).status, 'both live during the overlap').toBe(200);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(line(page, 'Replaced by')).toContainText('Expires within a day');

  await line(page, 'Replaces').getByRole('button', { name: 'Actions for Reports' }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change Reports' });
  await change.getByRole('textbox', { name: 'What it is for' }).fill('Monthly reports');
  await change.getByRole('radio', { name: /^All that the user may/ }).check();
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(line(page, 'Monthly reports')).toContainText('All that the user may');
  expect((await ask(gatehouse.url, second, '{ users { nodes { loginName } } }')).errors).toBeUndefined();
});

test('the policy bounds how long keys live, and the form offers no more', async ({ visit, admin }) => {
  const id = await createProgram(admin);
  const page = await visit({ as: admin.client });
  await page.goto('/settings');
  await page.getByRole('textbox', { name: 'API keys live at most' }).fill('60');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Security policy saved');
  await page.goto(`/users/${id}`);
  await page.getByRole('button', { name: 'New key' }).click();
  const ends = page.getByRole('combobox', { name: 'When it ends' });
  await expect(ends.getByRole('option')).toHaveText(['In 30 days', 'On a date']);
  await expect(page.getByText('In this account a key lives at most 60 days.')).toBeVisible();
});
