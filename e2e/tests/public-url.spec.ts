import { administrator } from '../support/account.ts';
import { enrolPasskey, expectInside, signIn, signOut } from '../support/gate.ts';
import { PasskeyDevice, withoutPasskeysInField } from '../support/passkey.ts';
import { expect, test } from '../support/test.ts';

// Browsers trust names under localhost without TLS, and find them without a name server.
test.use({ account: 'fresh', publicHost: 'MÜNCHEN.Localhost.' });

test('under a public URL with capitals, another script and a trailing dot a passkey is enrolled and signs in', async ({ visit, gatehouse }) => {
  expect(gatehouse.url).toContain('//xn--mnchen-3ya.localhost:');
  const page = await visit();
  await withoutPasskeysInField(page);
  const device = await PasskeyDevice.plug(page);
  await page.goto('/sign-in');
  await signIn(page, administrator);
  await enrolPasskey(page);
  await expectInside(page, 'acme/admin');
  expect(await device.passkeys()).toMatchObject([{ rpId: 'xn--mnchen-3ya.localhost' }]);

  await signOut(page, 'acme/admin');
  await page.goto(gatehouse.url.replace('.localhost', '.localhost.') + '/sign-in');
  expect(page.url(), 'another origin to the browser').toBe(gatehouse.url + '/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expectInside(page, 'acme/admin');
});
