import { administrator, administratorEmail } from '../support/account.ts';
import { Client } from '../support/client.ts';
import { expectInside, showCode, signIn } from '../support/gate.ts';
import { linkIn } from '../support/mailbox.ts';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

const wrongWords = 'Account, login name and password do not open anything together.';

test('signing in tells nothing, then asks for the second factor, and ends with signing out', async ({ visit, admin }) => {
  const page = await visit();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();

  for (const wrong of [{ password: 'not my password at all' }, { loginName: 'nobody' }, { account: 'nowhere' }]) {
    await signIn(page, { ...administrator, ...wrong });
    await expect(page.getByRole('alert')).toHaveText(wrongWords);
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Account' }), 'what was typed stays').toHaveValue(wrong.account ?? administrator.account);
  }

  await signIn(page, administrator);
  await expect(page.getByRole('heading', { level: 1, name: 'Second factor' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Code from the app' }).fill('000000');
  await expect(page.getByRole('alert')).toContainText('This code is not right.');
  await showCode(page, admin.authenticator);
  await expectInside(page, 'acme/admin');

  await page.getByRole('button', { name: 'acme/admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'You are signed out.' })).toBeVisible();
  await page.goto('/users');
  await expect(page, 'the session is gone').toHaveURL(/\/sign-in\?/);
});

test('a recovery code stands in for the phone, once', async ({ visit, admin, mailbox }) => {
  const code = admin.recoveryCodes[0]!;
  for (const good of [true, false]) {
    const page = await visit();
    await page.goto('/sign-in');
    await signIn(page, administrator);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Confirm' }).click();
    if (good) await expectInside(page, 'acme/admin');
    else await expect(page.getByRole('alert')).toContainText('This code is not right.');
  }
  const told = await mailbox.mail(administratorEmail, /recovery code/i);
  expect(told.text, 'nine are left').toMatch(/\b9\b/);
});

test('a forgotten password is replaced by a link in a mail, but not the second factor', async ({ visit, admin, mailbox, gatehouse }) => {
  const page = await visit();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  // The sign-in form, which is still there for a moment, has a field of the same name.
  await expect(page.getByRole('heading', { level: 1, name: 'Forgot your password' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Account' }).fill(administrator.account);
  await page.getByRole('textbox', { name: 'Email' }).fill(administratorEmail);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Look into your mail' })).toBeFocused();

  const link = linkIn(await mailbox.mail(administratorEmail, /password/i), gatehouse.url);
  await page.goto(link);
  await expect(page.getByText('for acme/admin')).toBeVisible();
  await expect(page, 'the token leaves the address').not.toHaveURL(/token/);
  await page.getByRole('textbox', { name: 'New password' }).fill('short');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('textbox', { name: 'New password' })).toHaveAccessibleDescription('A password has at least 12 characters.');
  const password = 'seven wet herons waiting';
  await page.getByRole('textbox', { name: 'New password' }).fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await showCode(page, admin.authenticator);
  await expectInside(page, 'acme/admin');

  const other = await visit();
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1, name: 'This link is not good any more' })).toBeVisible();
  await other.goto('/sign-in');
  await signIn(other, administrator);
  await expect(other.getByRole('alert'), 'the old password').toHaveText(wrongWords);
  await mailbox.mail(administratorEmail, /changed/i);
});

test('a session that ends elsewhere leads back to where one was', async ({ visit, admin }) => {
  const page = await visit();
  await page.goto('/users?status=ACTIVE');
  await signIn(page, administrator);
  await showCode(page, admin.authenticator);
  await expect(page, 'the page that was asked for').toHaveURL('/users?status=ACTIVE');

  const { revokeOtherSessions } = await admin.client.query('mutation { revokeOtherSessions { userErrors { code } } }');
  expect(revokeOtherSessions.userErrors).toEqual([]);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Roles' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your session ended.' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Account' }), 'the account is remembered').toHaveValue(administrator.account);
  await signIn(page, administrator);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(admin.recoveryCodes[1]!);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page).toHaveURL('/roles');
  await expect(page.getByRole('heading', { level: 1, name: 'Roles' })).toBeFocused();
});

test('what needs a fresh proof asks for it in place, and nothing typed is lost', async ({ visit, admin, gatehouse }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/settings');
  await gatehouse.ageProof(page, 61);
  const shortest = page.getByRole('textbox', { name: 'Shortest password' });
  await shortest.fill('16');
  const save = page.getByRole('button', { name: 'Save policy' });
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });

  await save.click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(shortest).toHaveValue('16');
  await save.click();
  await expect(dialog.getByRole('textbox', { name: 'Code from the app' })).toBeFocused();
  await dialog.getByRole('textbox').fill(admin.authenticator.code());
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Security policy saved');
  await expect(page).toHaveURL('/settings');
  await page.reload();
  await expect(shortest).toHaveValue('16');
});

test('too many wrong tries from an address have to wait, right or wrong', async ({ visit, gatehouse }) => {
  const stranger = new Client(gatehouse.url, '203.0.113.66');
  for (let at = 0; at < 50; at++) await stranger.mutate('signIn', { ...administrator, loginName: `guess-${at}` });
  const page = await visit({ from: '203.0.113.66' });
  await page.goto('/sign-in');
  await signIn(page, administrator);
  await expect(page.getByRole('alert')).toHaveText(/Too many tries\. Wait \d+ minutes, then try again\./);

  const neighbour = await visit({ from: '203.0.113.67' });
  await neighbour.goto('/sign-in');
  await signIn(neighbour, administrator);
  await expect(neighbour, 'others are not kept out').toHaveURL('/enrol');
});
