import type { Page } from '@playwright/test';
import { administrator, administratorEmail } from '../support/account.ts';
import { enrol, expectInside, showCode, signIn } from '../support/gate.ts';
import { linkIn } from '../support/mailbox.ts';
import { expect, test } from '../support/test.ts';

const office = '198.51.100.23';
const elsewhere = '203.0.113.9';
const jane = { account: 'acme', loginName: 'jane', password: 'nine slow rivers meeting' };

async function setUpAccount(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Organisation' }).fill('Acme BV');
  await page.getByRole('textbox', { name: 'Short name of the account' }).fill(administrator.account);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Sanne de Vries');
  await expect(page.getByRole('textbox', { name: 'Login name' })).toHaveValue(administrator.loginName);
  await page.getByRole('textbox', { name: 'Email' }).fill(administratorEmail);
  await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Add a second factor to continue' })).toBeVisible();
  await enrol(page);
  await expectInside(page, 'acme/admin');
}

async function createRole(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Roles' }).click();
  await page.getByRole('link', { name: 'New role' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Support');
  await page.getByRole('checkbox', { name: 'View domains' }).check();
  await page.getByRole('checkbox', { name: 'View users' }).check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Support' })).toBeVisible();
}

async function newUser(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  await page.getByRole('link', { name: 'New user' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'New user' })).toBeFocused();
}

async function createJane(page: Page): Promise<void> {
  await newUser(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Jane Doe');
  await page.getByRole('textbox', { name: 'Login name' }).fill(jane.loginName);
  await page.getByRole('textbox', { name: 'Email' }).fill('jane@acme.example');
  await page.getByRole('checkbox', { name: /^Support/ }).check();
  await expect(page.getByRole('checkbox', { name: /^WEB/ })).toBeChecked();
  await page.getByRole('button', { name: 'New whitelist' }).click();
  await page.getByRole('textbox', { name: 'Name of the new whitelist' }).fill('Office');
  await page.getByRole('textbox', { name: 'Add an address or prefix' }).fill('198.51.100.0/24');
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe created');
}

async function createApplication(page: Page): Promise<void> {
  await newUser(page);
  await page.getByRole('radio', { name: /^API/ }).check();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Billing system');
  await page.getByRole('textbox', { name: 'Login name' }).fill('whmcs');
  await page.getByRole('textbox', { name: 'Email' }).fill('billing@acme.example');
  await page.getByRole('checkbox', { name: /^Support/ }).check();
  await expect(page.getByRole('checkbox', { name: /^API/ })).toBeChecked();
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Billing system created');
}

test('from an empty database to a colleague who comes in from the office, and from nowhere else', async ({ gatehouse, mailbox, visit }) => {
  const admin = await visit({ from: office });
  await setUpAccount(admin, await gatehouse.setUpLink());
  await createRole(admin);
  await createJane(admin);
  await createApplication(admin);
  await admin.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  const rows = admin.getByRole('table').getByRole('row');
  for (const name of ['acme/admin', 'acme/jane', 'acme/whmcs']) await expect(rows.filter({ hasText: name })).toHaveCount(1);

  const welcome = await mailbox.mail('jane@acme.example', /Your user at acme/);
  expect(welcome.text).toContain('jane');
  expect(welcome.text).not.toContain(jane.password);
  const application = await mailbox.mail('billing@acme.example', /API user/);
  expect(application.text, 'an application gets no link to set a password').not.toContain('#token=');

  const page = await visit({ from: office });
  await page.goto(linkIn(welcome, gatehouse.url));
  await expect(page.getByText('for acme/jane')).toBeVisible();
  await page.getByRole('textbox', { name: 'New password' }).fill(jane.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  const { authenticator, recoveryCodes } = await enrol(page);
  await expectInside(page, 'acme/jane');

  const outside = await visit({ from: elsewhere });
  await outside.goto('/sign-in');
  await signIn(outside, { ...jane, password: 'not the password of jane' });
  const wrongPassword = await outside.getByRole('alert').textContent();
  await signIn(outside, jane);
  await expect(outside.getByRole('alert'), 'the same words as for a wrong password').toHaveText(wrongPassword!.trim());
  const told = await mailbox.mail('jane@acme.example', /unknown address/i);
  expect(told.text).toContain(elsewhere);

  await page.context().setExtraHTTPHeaders({ 'X-Forwarded-For': elsewhere });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  await expect(page, 'the next request from outside is out').toHaveURL(/\/sign-in\?ended/);

  await page.context().setExtraHTTPHeaders({ 'X-Forwarded-For': office });
  await signIn(page, jane);
  await showCode(page, authenticator);
  await expectInside(page, 'acme/jane');
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  expect(recoveryCodes).toHaveLength(10);
});
