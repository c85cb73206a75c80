import type { Page } from '@playwright/test';
import { Client } from '../support/client.ts';
import { linkIn } from '../support/mailbox.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'fresh' });

const noSuchUser = '550 5.1.1 No such user here';
const greylisted = '451 4.7.1 Greylisting in action, please come back later';

/** A user who is invited, and whether the first attempt to tell them was refused. */
async function invite(client: Client, loginName: string, email: string): Promise<string> {
  const { roles } = await client.query('{ roles(first: 50) { nodes { id name } } }');
  const roleIds = roles.nodes.filter((role: { name: string }) => role.name === 'all').map((role: { id: string }) => role.id);
  const input = { kind: 'PERSONAL', loginName, email, name: `Jane ${loginName}`, language: 'EN', roleIds, mfaForced: false, accessPoints: ['WEB'] };
  return (await client.change('createUser', input, 'user { id }')).user.id;
}

async function tried(client: Client, user: string): Promise<void> {
  await expect
    .poll(async () => (await client.query('query ($id: ID!) { user(by: { id: $id }) { undeliveredMail { state } } }', { id: user })).user.undeliveredMail)
    .not.toBeNull();
}

async function look(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect.soft(await violations(page), what).toEqual([]);
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${what} scrolls sideways`).toBe(true);
}

test('an invitation to a mailbox that does not exist is mended on the user’s page', async ({ visit, admin, gatehouse, mailbox }) => {
  mailbox.refuse('jane@acme.example', noSuchUser);
  const user = await invite(admin.client, 'jane', 'jane@acme.example');
  await tried(admin.client, user);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${user}`);
  const note = page.locator('.note', { hasText: 'did not arrive' });
  await expect(note).toContainText('This mailbox does not exist');
  await expect(note).toContainText(noSuchUser);
  await look(page, 'user-failed');
  await note.getByRole('link', { name: 'Change the address' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill('jane@elsewhere.example');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page).toHaveURL(new RegExp(`/users/${user}$`));
  const invitation = await mailbox.mail('jane@elsewhere.example', /./);
  expect(linkIn(invitation, gatehouse.url)).toContain('/set-password#token=');
  await expect(note).toHaveCount(0);
});

test('the mails that wait and failed are listed with the reason, and sent again by keyboard', async ({ visit, admin, mailbox }) => {
  mailbox.refuse('jane@acme.example', noSuchUser);
  mailbox.refuse('john@acme.example', greylisted);
  for (const name of ['jane', 'john']) await tried(admin.client, await invite(admin.client, name, `${name}@acme.example`));
  const page = await visit({ as: admin.client });
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Mail' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mail');
  const row = (address: string) => page.getByRole('row').filter({ hasText: address });
  await expect(row('jane@acme.example')).toContainText('Failed');
  await expect(row('john@acme.example')).toContainText(greylisted);
  await look(page, 'mail');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'mail-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 800 });
  await look(page, 'mail-320');
  await page.setViewportSize({ width: 1440, height: 900 });

  mailbox.refuse('john@acme.example', null);
  await row('john@acme.example').getByRole('button', { name: 'Send the mail to john@acme.example again' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The mail to john@acme.example is being sent.')).toBeVisible();
  await mailbox.mail('john@acme.example', /./);
  await page.getByRole('link', { name: /^Sent/ }).click();
  await expect(page).toHaveURL(/state=sent/);
  await expect(async () => {
    await page.reload();
    await expect(row('john@acme.example')).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(row('john@acme.example')).toContainText('Accepted by the mail server');
  await look(page, 'mail-sent');
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(row('jane@acme.example')).toBeVisible();
  await expect(row('john@acme.example')).toHaveCount(0);
});

test('without anything to tell, and without permission, the page of mails says so', async ({ visit, admin, gatehouse }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/mail');
  await expect(page.getByText('Everything was delivered')).toBeVisible();
  await look(page, 'mail-empty');
  await page.goto('/mail?user=user_01h455vb4pex5vsknk084sn02q');
  await expect(page.getByText('No mail matches')).toBeVisible();

  const { role } = await admin.client.change('createRole', { name: 'Domains only', permissions: ['VIEW_DOMAIN'] }, 'role { id }');
  const password = 'nine violet kettles hum beneath';
  const input = { kind: 'PERSONAL', loginName: 'clerk', email: 'clerk@acme.example', name: 'Clerk', language: 'EN', password, roleIds: [role.id], mfaForced: false, accessPoints: ['WEB'] };
  await admin.client.change('createUser', input);
  const clerk = new Client(gatehouse.url);
  await clerk.signIn({ account: 'acme', loginName: 'clerk', password });
  const refused = await visit({ as: clerk });
  await refused.goto('/mail');
  await expect(refused.getByText('Not for you to see')).toBeVisible();
  await expect(refused.getByRole('navigation').getByRole('link', { name: 'Mail' })).toHaveCount(0);
  await look(refused, 'mail-forbidden');
});

test('without a connection another tab says so, in place of the mails of the tab before', async ({ browser, gatehouse, admin, mailbox }) => {
  mailbox.refuse('jane@acme.example', noSuchUser);
  await tried(admin.client, await invite(admin.client, 'jane', 'jane@acme.example'));
  const context = await browser.newContext({ baseURL: gatehouse.url, extraHTTPHeaders: { 'X-Forwarded-For': '198.51.100.23' } });
  await context.addCookies(admin.client.cookies());
  const page = await context.newPage(); // not by visit: what fails without a connection is in the console
  await page.goto('/mail');
  await expect(page.getByRole('row').filter({ hasText: 'jane@acme.example' })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('link', { name: /^Sent/ }).click();
  await expect(page.getByText('No connection to Gatehouse.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'jane@acme.example' })).toHaveCount(0);
  await context.setOffline(false);
  await expect(page.getByText('No connection to Gatehouse.')).toHaveCount(0);
  await context.close();
});
