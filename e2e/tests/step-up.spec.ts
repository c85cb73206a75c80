import type { Locator, Page } from '@playwright/test';
import { administrator, type Administrator } from '../support/account.ts';
import { Client } from '../support/client.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'fresh' });

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' });

/** A colleague without any right, and the role that they are to get. */
async function colleague(admin: Administrator): Promise<string> {
  const { role } = await admin.client.change('createRole', { name: 'Reader', permissions: ['VIEW_DOMAIN'] }, 'role { id }');
  await admin.client.change('createRole', { name: 'Support', permissions: ['VIEW_USER'] }, 'role { id }');
  const { user } = await admin.client.change(
    'createUser',
    {
      kind: 'PERSONAL', loginName: 'jane', email: 'jane@acme.example', name: 'Jane Doe', language: 'EN', password: 'six loud kettles hum beneath',
      roleIds: [role.id], mfaForced: false, accessPoints: ['WEB'],
    },
    'user { id }',
  );
  return user.id;
}

async function proveByRecoveryCode(dialog: Locator, code: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
  await dialog.getByRole('textbox', { name: 'Recovery code' }).fill(code);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect(dialog).toBeHidden();
}

/** The roles of a user, by the session that the page is in. */
async function rolesOf(page: Page, id: string): Promise<string[]> {
  return page.evaluate(async (user) => {
    const body = JSON.stringify({ query: 'query ($id: ID!) { user(by: { id: $id }) { roles { name } } }', variables: { id: user } });
    const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    return ((await response.json()) as { data: { user: { roles: { name: string }[] } } }).data.user.roles.map((role) => role.name);
  }, id);
}

test('giving a role after an hour asks for a proof over the form, and goes on with what was chosen', async ({ visit, admin, gatehouse, mailbox }) => {
  const id = await colleague(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}/edit`);
  const support = page.getByRole('checkbox', { name: /^Support/ });
  await support.check();
  await gatehouse.ageProof(page, 61);
  const save = page.getByRole('button', { name: 'Save', exact: true });
  const dialog = dialogOf(page);

  await save.click();
  await expect(dialog.getByRole('textbox', { name: 'Code from the app' })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  for (let tabs = 0; tabs < 8; tabs++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement?.closest('dialog')), 'the focus stays').toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was changed' })).toBeFocused();
  await expect(support, 'what was chosen is kept').toBeChecked();
  expect(await rolesOf(page, id)).toEqual(['Reader']);

  await save.click();
  await dialog.getByRole('textbox', { name: 'Code from the app' }).fill(admin.authenticator.code());
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe saved');
  expect((await rolesOf(page, id)).sort()).toEqual(['Reader', 'Support']);
  expect((await mailbox.mail('jane@acme.example', /Your access was changed/)).text).toContain('roles');
});

test('creating a user after an hour asks for a proof, and creates one', async ({ visit, admin, gatehouse }) => {
  await colleague(admin);
  const page = await visit({ as: admin.client });
  await page.goto('/users/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('John Roe');
  await page.getByRole('textbox', { name: 'Login name' }).fill('john');
  await page.getByRole('textbox', { name: 'Email' }).fill('john@acme.example');
  await page.getByRole('checkbox', { name: /^Reader/ }).check();
  await gatehouse.ageProof(page, 61);
  await page.getByRole('button', { name: 'Create user' }).click();
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('textbox', { name: 'Login name' })).toHaveValue('john');
  await page.getByRole('button', { name: 'Create user' }).click();
  await proveByRecoveryCode(dialogOf(page), admin.recoveryCodes[0]!);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('John Roe created');
  await page.goto('/users?q=john');
  await expect(page.getByRole('table').getByRole('row').filter({ hasText: 'acme/john' })).toHaveCount(1);
});

test('unlocking from the list asks for a proof, and cancelling says that nothing happened', async ({ visit, admin, gatehouse, mailbox }) => {
  await colleague(admin);
  const guesser = new Client(gatehouse.url, '203.0.113.66');
  for (let at = 0; at < 11; at++) await guesser.mutate('signIn', { ...administrator, loginName: 'jane' }).catch(() => {});
  const page = await visit({ as: admin.client });
  await page.goto('/users');
  await gatehouse.ageProof(page, 61);
  const unlock = async () => {
    await page.getByRole('button', { name: 'More for Jane Doe' }).click();
    await page.getByRole('menuitem', { name: 'Unlock' }).click();
  };
  await unlock();
  await expect(dialogOf(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Nothing was changed');
  await unlock();
  await proveByRecoveryCode(dialogOf(page), admin.recoveryCodes[1]!);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe');
  await mailbox.mail('jane@acme.example', /Your user was unlocked/);
});

test('within the hour nothing is asked for', async ({ visit, admin, gatehouse }) => {
  const id = await colleague(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}/edit`);
  await page.getByRole('checkbox', { name: /^Support/ }).check();
  await gatehouse.ageProof(page, 58);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe saved');
  await expect(dialogOf(page)).toBeHidden();
});
