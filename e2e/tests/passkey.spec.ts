import type { Page } from '@playwright/test';
import { administrator, administratorEmail } from '../support/account.ts';
import { enrolPasskey, expectInside, pressSignOut, showCode, signIn, signOut } from '../support/gate.ts';
import { PasskeyDevice, withoutPasskeysInField } from '../support/passkey.ts';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

const me = 'acme/admin';
const nothingCame = 'No passkey came: the request was closed, took too long, or this device has none for Gatehouse.';

/** Adds a passkey to one's profile. */
async function addPasskey(page: Page): Promise<void> {
  await page.goto('/profile');
  await page.getByRole('link', { name: 'Add a second factor' }).click();
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Passkey added' })).toBeFocused();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('region', { name: 'Second factors' }).getByText('Passkey, on one device only')).toBeVisible();
}

test('a passkey enrolled where one is forced is the second factor from then on, and the first where it was used last', async ({ visit }) => {
  const page = await visit();
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await page.goto('/sign-in');
  await signIn(page, administrator);
  await expect(page).toHaveURL('/enrol');
  await expect(page.getByRole('radio', { name: /^Passkey/ }), 'what is best is chosen').toBeChecked();
  await enrolPasskey(page);
  await expectInside(page, me);
  const [passkey] = await device.passkeys();
  expect(passkey).toMatchObject({ rpId: 'localhost', isResidentCredential: true });

  await signOut(page, me);
  await signIn(page, administrator);
  await expect(page.getByRole('heading', { level: 1, name: 'Second factor' })).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expectInside(page, me);

  await signOut(page, me);
  await signIn(page, administrator);
  await expectInside(page, me);
});

test('a passkey signs in without a name or password: by its button, or chosen in the field', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  // Offered in the field, the device chooses at once: nobody could see the page to sign in between.
  const backIn = page.waitForResponse((response) => !!response.request().postData()?.includes('finishPasskeySignIn'));
  await pressSignOut(page, me);
  await backIn;
  await expectInside(page, me);

  const other = await visit();
  await withoutPasskeysInField(other);
  const copy = await PasskeyDevice.plug(other);
  for (const passkey of await device.passkeys()) await copy.put(passkey);
  await other.goto('/sign-in?next=%2Froles');
  await expect(other.getByRole('textbox', { name: 'Login name' })).toHaveAttribute('autocomplete', 'username webauthn');
  await other.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expectInside(other, me);
  await expect(other, 'the page that was asked for').toHaveURL('/roles');
});

test('who is not recognised is told so, and goes on by another way', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  await signOut(page, me);
  await device.recognise(false);

  const ask = page.getByRole('button', { name: 'Sign in with a passkey' });
  await ask.click();
  await expect(page.getByRole('status').filter({ hasText: `${nothingCame} Try again, or sign in with your password.` })).toBeVisible();
  await expect(ask).toBeFocused();

  await signIn(page, administrator);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: `${nothingCame} Try again, or choose another way.` })).toBeVisible();
  await page.getByRole('button', { name: 'Use the authenticator app' }).click();
  await showCode(page, admin.authenticator);
  await expectInside(page, me);
});

test('a passkey for another address is not offered here', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  await signOut(page, me);
  const [passkey] = await device.passkeys();
  await device.put({ ...passkey!, rpId: 'gatehouse.example' });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: nothingCame })).toBeVisible();
});

test('a passkey whose counter has gone back opens nothing, and its user is told by mail', async ({ visit, admin, mailbox }) => {
  const page = await visit({ as: admin.client });
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  await signOut(page, me);
  const [early] = await device.passkeys();
  const ask = page.getByRole('button', { name: 'Sign in with a passkey' });
  for (let times = 0; times < 2; times++) {
    await ask.click();
    await expectInside(page, me);
    await signOut(page, me);
  }
  await device.put(early!);
  await ask.click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('passkey');
  const told = await mailbox.mail(administratorEmail, /passkey/i);
  expect(told.text).toContain('acme/admin');
});

test('a passkey is renamed in place, and once removed the device forgets it and it opens nothing', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  const [passkey] = await device.passkeys();
  const factors = page.getByRole('region', { name: 'Second factors' });
  await expect(factors.getByText('Not used yet')).toBeVisible();

  await factors.getByRole('button', { name: 'Rename Passkey' }).click();
  const name = factors.getByRole('textbox', { name: 'What you call it' });
  await expect(name).toBeFocused();
  await name.fill('Work laptop');
  await name.press('Enter');
  await expect(factors.getByRole('button', { name: 'Rename Work laptop' })).toBeFocused();

  await factors.getByRole('button', { name: 'Remove Work laptop' }).click();
  await page.getByRole('dialog', { name: 'Remove Work laptop?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Work laptop removed');
  await expect(factors.getByText('Work laptop')).toBeHidden();
  await expect.poll(() => device.forgotten).toEqual([passkey!.credentialId]);

  await device.put(passkey!);
  await signOut(page, me);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('button', { name: me })).toBeHidden();
});

test('the last factor of whoever must have one stays, and the page says why', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/profile');
  const remove = page.getByRole('region', { name: 'Second factors' }).getByRole('button', { name: 'Remove Phone' });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription('You must have a second factor. Add another one first.');
});

test('the same device is not enrolled twice, which is told kindly', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  const device = await PasskeyDevice.plug(page);
  await addPasskey(page);
  await page.goto('/profile/second-factor');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'You have this one already' })).toBeVisible();
  expect(await device.passkeys()).toHaveLength(1);
});

test('a fresh proof by passkey lets what was begun go on', async ({ visit, admin, gatehouse }) => {
  const page = await visit({ as: admin.client });
  await PasskeyDevice.plug(page);
  await addPasskey(page);
  await gatehouse.ageProof(page, 11);
  await page.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('dialog', { name: 'Make ten new recovery codes?' }).getByRole('button', { name: 'Make new codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Ten codes' })).toBeFocused();
});
