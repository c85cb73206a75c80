import { administrator, signInAdministrator } from '../support/account.ts';
import { expectInside, showCode, signIn } from '../support/gate.ts';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

test('passwords are masked until they are shown, can be pasted, and tell a password manager which they are', async ({ visit, admin }) => {
  const gate = await visit();
  await gate.goto('/sign-in');
  await expect(gate.getByRole('textbox', { name: 'Login name' })).toHaveAttribute('autocomplete', /username/);
  const present = gate.getByRole('textbox', { name: 'Password' });
  await expect(present).toHaveAttribute('type', 'password');
  await expect(present).toHaveAttribute('autocomplete', 'current-password');
  await gate.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await gate.evaluate((text) => navigator.clipboard.writeText(text), administrator.password);
  await present.focus();
  await gate.keyboard.press('Control+V');
  await expect(present).toHaveValue(administrator.password);
  await gate.getByRole('button', { name: 'Show the password' }).click();
  await expect(present).toHaveAttribute('type', 'text');
  await gate.getByRole('button', { name: 'Hide the password' }).click();
  await expect(present).toHaveAttribute('type', 'password');

  const form = await visit({ as: admin.client });
  await form.goto('/users/new');
  await form.getByRole('radio', { name: 'I set it now' }).check();
  const chosen = form.getByRole('textbox', { name: 'Password' });
  await expect(chosen).toHaveAttribute('type', 'password');
  await expect(chosen).toHaveAttribute('autocomplete', 'new-password');
});

test('every page has a way to sign out, also the one that asks for a second factor', async ({ visit, gatehouse }) => {
  const page = await visit();
  await page.goto('/sign-in');
  await signIn(page, administrator);
  await expect(page).toHaveURL('/enrol');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/enrol');
  await expect(page, 'nobody is signed in any more').toHaveURL(/\/sign-in/);

  const inside = await visit({ as: (await signInAdministrator(gatehouse)).client });
  for (const address of ['/', '/users', '/users/new', '/roles', '/access-points', '/whitelists', '/audit', '/settings', '/profile', '/nothing-here']) {
    await inside.goto(address);
    await inside.getByRole('button', { name: 'acme/admin' }).click();
    await expect(inside.getByRole('menuitem', { name: 'Sign out' }), address).toBeVisible();
  }
});

test('after signing out the back button leads to nothing', async ({ visit, admin }) => {
  const page = await visit();
  await page.goto('/users');
  await signIn(page, administrator);
  await showCode(page, admin.authenticator);
  await expectInside(page, 'acme/admin');
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await page.getByRole('button', { name: 'acme/admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('acme/admin')).toBeHidden();
});
