import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Administrator } from '../support/account.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'fresh' });

const whoAsks = '{ viewer { user { loginName } permissions } }';

/** What GraphQL answers a program that shows a key, from an address of its own. */
async function ask(url: string, key: string, query = whoAsks) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `ApiKey ${key}`, 'X-Forwarded-For': '203.0.113.40' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

async function createRole({ client }: Administrator): Promise<string> {
  const permissions = ['VIEW_USER', 'VIEW_ROLE', 'VIEW_AUDIT'];
  const { role } = await client.change('createRole', { name: 'Billing system', description: '', permissions }, 'role { id }');
  return role.id;
}

async function createApplication({ client }: Administrator, roleId: string): Promise<string> {
  const { user } = await client.change(
    'createUser',
    {
      kind: 'API',
      loginName: 'whmcs',
      email: 'billing@acme.example',
      name: 'Billing',
      language: 'EN',
      roleIds: [roleId],
      mfaForced: true,
      accessPoints: ['API'],
    },
    'user { id }',
  );
  return user.id;
}

/** Takes the key that the page shows, as the file to download has it, and goes on. */
async function keep(page: Page): Promise<{ key: string; file: string }> {
  await expect(page.getByRole('heading', { level: 1, name: 'Keep the new key now' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Done' }), 'not before it was kept').toHaveAttribute('aria-disabled', 'true');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as .env' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  const key = /^GATEHOUSE_API_KEY=(gatekey_\S+)$/m.exec(file)?.[1] ?? '';
  await expect(page.getByText(key, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('region', { name: 'API keys' })).toBeVisible();
  return { key, file };
}

test('from a new application to a program that comes in with its key, gets another one, and is stopped', async ({ visit, admin, gatehouse }) => {
  await createRole(admin);
  const page = await visit({ as: admin.client });
  await page.goto('/users/new?kind=API');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Billing');
  await page.getByRole('textbox', { name: 'Login name' }).fill('whmcs');
  await page.getByRole('textbox', { name: 'Email' }).fill('billing@acme.example');
  await page.getByRole('checkbox', { name: /^Billing system/ }).check();
  await page.getByRole('button', { name: 'Create user' }).click();

  await expect(page.getByText('Billing is created. It comes in with a key')).toBeVisible();
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('alert')).toContainText('Description');
  await page.getByRole('textbox', { name: 'Description' }).fill('billing on web-02');
  await page.getByRole('button', { name: 'Create key' }).click();
  expect(await violations(page)).toEqual([]);
  const { key, file } = await keep(page);
  expect(file).toMatch(/^# billing on web-02, acme\/whmcs, expires \d{4}-/);
  await expect(page.locator('body'), 'it is shown once').not.toContainText(key);

  const first = await ask(gatehouse.url, key);
  expect(first.status).toBe(200);
  expect(first.body.data.viewer.user.loginName).toBe('whmcs');
  expect(first.body.data.viewer.permissions).toContain('VIEW_ROLE');

  const keys = page.getByRole('region', { name: 'API keys' });
  await expect(async () => {
    await page.reload(); // the use is written after the answer
    await expect(keys.getByRole('row').filter({ hasText: 'billing on web-02' })).toContainText('203.0.113.40', { timeout: 1_000 });
  }).toPass();

  await keys.getByRole('button', { name: 'More for billing on web-02' }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  const rotating = page.getByRole('dialog', { name: 'Rotate billing on web-02?' });
  await rotating.getByRole('combobox', { name: 'The old key goes on working' }).selectOption('For 1 hour');
  await expect(rotating).toContainText('The old key works until');
  await rotating.getByRole('button', { name: 'Make the new key' }).click();
  const { key: second } = await keep(page);
  expect(second).not.toBe(key);
  const old = keys.getByRole('row').filter({ hasText: 'Replaced by' });
  await expect(old).toContainText('Expires in');
  await expect(keys.getByRole('row').filter({ hasText: 'Replaces' })).toContainText('Active');
  for (const each of [key, second]) expect((await ask(gatehouse.url, each)).status, 'both work in the overlap').toBe(200);

  await old.getByRole('button', { name: 'More for billing on web-02' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  const revoking = page.getByRole('dialog', { name: 'Revoke billing on web-02?' });
  await expect(revoking).toContainText('refused with its next request');
  await revoking.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('billing on web-02 revoked');
  expect((await ask(gatehouse.url, key)).status, 'its next request').toBe(401);
  expect((await ask(gatehouse.url, second)).status).toBe(200);
  await keys.getByRole('button', { name: 'Show 1 ended key' }).click();
  await expect(keys.getByRole('row').filter({ hasText: 'Revoked' })).toHaveCount(1);
});

test('a key does no more than what was chosen for it, and the trail says with which key', async ({ visit, admin, gatehouse }) => {
  const user = await createApplication(admin, await createRole(admin));
  const page = await visit({ as: admin.client });
  await page.goto(`/keys/new?user=${user}`);
  await page.getByRole('textbox', { name: 'Description' }).fill('reports');
  await page.getByRole('radio', { name: /^Only what is chosen/ }).check();
  await page.getByRole('checkbox', { name: 'View users' }).check();
  await page.getByRole('combobox', { name: 'Expires' }).selectOption('Never');
  await page.getByRole('button', { name: 'Create key' }).click();
  const { key } = await keep(page);

  expect((await ask(gatehouse.url, key)).body.data.viewer.permissions).toEqual(['VIEW_USER']);
  expect((await ask(gatehouse.url, key, '{ users { totalCount } }')).body.data.users.totalCount).toBe(2);
  const refused = await ask(gatehouse.url, key, 'mutation { createRole(input: { name: "Mine", permissions: [] }) { role { id } } }');
  expect(refused.body.errors[0].extensions.code).toBe('FORBIDDEN');

  await page.getByRole('region', { name: 'API keys' }).getByRole('link', { name: 'reports' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'reports' })).toBeFocused();
  await page.getByRole('checkbox', { name: 'View roles' }).check();
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText('VIEW_ROLE');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('reports saved');
  expect((await ask(gatehouse.url, key)).body.data.viewer.permissions).toEqual(['VIEW_ROLE', 'VIEW_USER']);

  await page.getByRole('link', { name: 'What it did' }).click();
  const refusal = page.getByRole('listitem').filter({ hasText: 'was not allowed to create a role' });
  await expect(refusal).toContainText('with the key reports (gatekey_');
  await page.getByRole('button', { name: 'Not only with the key reports' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'changed the API key reports' })).toHaveCount(1);
});

test('an account that bounds the life of keys offers no longer one', async ({ visit, admin }) => {
  const user = await createApplication(admin, await createRole(admin));
  const page = await visit({ as: admin.client });
  await page.goto('/settings');
  await page.getByRole('textbox', { name: 'An API key lives at most' }).fill('4000');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByRole('alert')).toContainText('An API key lives at most');
  await page.getByRole('textbox', { name: 'An API key lives at most' }).fill('60');
  await expect(page.getByText('New API keys live at most 60 days')).toBeVisible();
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Security policy saved');

  await page.goto(`/keys/new?user=${user}`);
  const expires = page.getByRole('combobox', { name: 'Expires' });
  await expect(expires.getByRole('option')).toHaveText([/^In 30 days/, /^As late as may be, in 60 days/, 'On a day of your choice']);
  await page.getByRole('textbox', { name: 'Description' }).fill('nightly');
  await page.getByRole('button', { name: 'Create key' }).click();
  await keep(page);
  await page.goto('/keys?expires=90');
  await expect(page.getByRole('table').getByRole('row').filter({ hasText: 'nightly' })).toContainText('acme/whmcs');
  await page.goto('/keys?expires=30');
  await expect(page.getByRole('heading', { name: 'No key matches' })).toBeVisible();
});

/** A key of a new application, and its page. */
async function openKey(visit: (options: { as: Administrator['client'] }) => Promise<Page>, admin: Administrator): Promise<{ page: Page; id: string }> {
  const userId = await createApplication(admin, await createRole(admin));
  const { apiKey } = await admin.client.change('createApiKey', { userId, description: 'billing on web-02', accessPoints: ['API'] }, 'apiKey { id }');
  const page = await visit({ as: admin.client });
  await page.goto(`/keys/${apiKey.id}`);
  return { page, id: apiKey.id };
}

test('a key is begun with whom it is for', async ({ visit, admin }) => {
  await createApplication(admin, await createRole(admin));
  const page = await visit({ as: admin.client });
  await page.goto('/keys');
  await page.getByRole('link', { name: 'New key' }).click();
  await page.getByRole('button', { name: 'Choose the user' }).click();
  await page.getByRole('searchbox', { name: 'Find a user' }).fill('whmcs');
  await page.getByRole('group', { name: 'Choose the user' }).getByRole('button', { name: /acme\/whmcs/ }).click();
  await expect(page.getByText('A key in the name of acme/whmcs')).toBeVisible();
});

test('a key on top of another change keeps what was typed, and the rest of theirs', async ({ visit, admin }) => {
  const { page, id } = await openKey(visit, admin);
  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill('billing on web-03');
  await admin.client.change('updateApiKey', { id, expiresAt: '2030-01-01T00:00:00Z' }, 'apiKey { id }');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const note = page.getByRole('alert');
  await note.getByRole('button', { name: 'Keep what I typed' }).click();
  await expect(description).toHaveValue('billing on web-03');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toBeVisible();
  const { node } = await admin.client.query(`{ node(id: "${id}") { ... on ApiKey { description expiresAt } } }`);
  expect(node).toEqual({ description: 'billing on web-03', expiresAt: '2030-01-01T00:00:00.000Z' });
});

test('a key is changed after a fresh proof, and nothing typed is lost', async ({ visit, admin, gatehouse }) => {
  const { page } = await openKey(visit, admin);
  await gatehouse.ageProof(page, 61);
  await page.getByRole('textbox', { name: 'Description' }).fill('billing on web-03');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('textbox').fill(admin.authenticator.code());
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'billing on web-03' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'billing on web-03' })).toBeVisible();
});
