import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

async function addresses(page: Page, ...typed: string[]): Promise<void> {
  for (const each of typed) {
    await page.getByRole('textbox', { name: 'Add an address or prefix' }).fill(each);
    await page.keyboard.press('Enter');
  }
}

function entry(page: Page, number: number): Locator {
  return page.getByRole('textbox', { name: `Address or prefix ${number}` });
}

async function expectMarked(field: Locator, message: string | RegExp): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(message);
}

test('a new user with much to fix: each field says what, and nothing that was typed is lost', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users/new');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  const loginName = page.getByRole('textbox', { name: 'Login name' });
  const email = page.getByRole('textbox', { name: 'Email' });
  const password = page.getByRole('textbox', { name: 'Password' });
  const roles = page.getByRole('group', { name: 'Roles' });

  await name.fill('Jane Doe');
  await loginName.fill('ADMIN');
  await expectMarked(loginName, /Taken\. Try\s+j\.doe/);
  await email.fill('jane@');
  await page.getByRole('radio', { name: 'I set it now' }).check();
  await password.fill('jane doe');
  await page.getByRole('button', { name: 'New whitelist' }).click();
  await page.getByRole('textbox', { name: 'Name of the new whitelist' }).fill('Home');
  await addresses(page, '192.0.2.17/24', '::ffff:10.0.0.1', '10.0.0.256');
  await page.getByRole('button', { name: 'Create user' }).click();

  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('heading')).toHaveText('6 things to fix');
  const links = summary.getByRole('link');
  for (const [at, label] of ['Login name', 'Email', 'Password', 'Roles', 'Address or prefix 1', 'Address or prefix 3'].entries()) {
    await expect(links.nth(at), 'in the order of the form').toHaveText(new RegExp(`^${label}: .`));
  }
  await expectMarked(loginName, /Taken/);
  await expectMarked(email, 'This is not an email address.');
  await expectMarked(password, 'A password has at least 12 characters.');
  await expect(roles).toHaveAccessibleDescription('Choose at least one role.');
  await expectMarked(entry(page, 1), /Did you mean\s+192\.0\.2\.0\/24\s+or\s+192\.0\.2\.17/);
  await expect(entry(page, 2), 'an IPv4-mapped address is the IPv4 address').toHaveAccessibleDescription('1 address');
  await expectMarked(entry(page, 3), /Not an address or prefix/);

  await links.first().click();
  await expect(loginName).toBeFocused();

  const typed = async () => {
    await expect(name).toHaveValue('Jane Doe');
    await expect(loginName).toHaveValue('ADMIN');
    await expect(email).toHaveValue('jane@');
    await expect(page.getByRole('radio', { name: 'I set it now' })).toBeChecked();
    await expect(page.getByRole('textbox', { name: 'Name of the new whitelist' })).toHaveValue('Home');
    for (const [at, text] of ['192.0.2.17/24', '::ffff:10.0.0.1', '10.0.0.256'].entries()) await expect(entry(page, at + 1)).toHaveValue(text);
  };
  await typed();
  await expect(password).toHaveValue('jane doe');
  await page.reload();
  await typed();
  await expect(password, 'a password is kept nowhere').toHaveValue('');

  await page.getByRole('button', { name: '192.0.2.0/24', exact: true }).click();
  await expect(entry(page, 1)).toHaveValue('192.0.2.0/24');
  await expect(entry(page, 1)).toHaveAccessibleDescription('256 addresses');
  await page.getByRole('button', { name: 'Remove 10.0.0.256' }).click();
  await page.getByRole('button', { name: 'j.doe' }).click();
  await expect(loginName).toHaveAccessibleDescription('Free');
  await email.fill('jane@acme.example');
  await password.fill('nine slow rivers meeting');
  await page.getByRole('checkbox', { name: /^all/ }).check();
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe created');

  const { user } = await admin.client.query('{ user(by: { loginName: "J.DOE" }) { qualifiedName whitelists { entries { cidr } } } }');
  expect(user).toEqual({ qualifiedName: 'acme/j.doe', whitelists: [{ entries: [{ cidr: '192.0.2.0/24' }, { cidr: '10.0.0.1/32' }] }] });
  await page.goto('/users/new');
  await expect(name, 'what was made is forgotten').toHaveValue('');
});

test('a form sent empty says what to fill in', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users/new');
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expectMarked(page.getByRole('textbox', { name: 'Name', exact: true }), 'Give a name.');
  await expectMarked(page.getByRole('textbox', { name: 'Login name' }), 'Give a login name.');
  await expectMarked(page.getByRole('textbox', { name: 'Email' }), 'Give an email address.');
  await expect(page.getByRole('group', { name: 'Roles' })).toHaveAccessibleDescription('Choose at least one role.');
});

test('an application has no page to sign in at, no password, and always a forced factor', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users/new');
  await expect(page.getByRole('checkbox', { name: /^WEB/ })).toBeChecked();
  await page.getByRole('radio', { name: /^API/ }).check();
  const web = page.getByRole('checkbox', { name: /^WEB/ });
  await expect(web).toBeDisabled();
  await expect(web).not.toBeChecked();
  await expect(web, 'with the reason').toHaveAccessibleName(/An application never signs in at a page/);
  await expect(page.getByRole('checkbox', { name: /^API/ })).toBeChecked();
  const forced = page.getByRole('switch', { name: /^Force a second factor/ });
  await expect(forced).toBeChecked();
  await expect(forced).toBeDisabled();
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveCount(0);
});

test('the first application is begun as one', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/');
  await page.getByRole('link', { name: 'Start: Create the first API user' }).click();
  await expect(page.getByRole('radio', { name: /^API/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^API/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^WEB/ })).not.toBeChecked();
});

test('what was deleted is named after it is gone', async ({ visit, admin }) => {
  const { whitelist } = await admin.client.change('createWhitelist', { name: 'Old office', entries: [{ cidr: '192.0.2.0/24' }] }, 'whitelist { id }');
  const { accessPoint } = await admin.client.change('createAccessPoint', { code: 'PORTAL', name: 'Portal', kind: 'INTERACTIVE' }, 'accessPoint { id }');
  const page = await visit({ as: admin.client });
  for (const [path, verb, told] of [
    [`/whitelists/${whitelist.id}`, 'Delete whitelist', 'Old office deleted'],
    [`/access-points/${accessPoint.id}`, 'Delete access point', 'PORTAL deleted'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('button', { name: verb }).click();
    await page.getByRole('dialog').getByRole('button', { name: verb }).click();
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText(told);
    await expect(page).not.toHaveURL(new RegExp(`${path}$`));
  }
});

test('an edit on top of another keeps what was typed, and the rest of theirs', async ({ visit, admin }) => {
  const { whitelist } = await admin.client.change('createWhitelist', { name: 'Office', entries: [{ cidr: '192.0.2.0/24' }] }, 'whitelist { id }');
  const page = await visit({ as: admin.client });
  await page.goto(`/whitelists/${whitelist.id}`);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Head office');
  await admin.client.change('updateWhitelist', { id: whitelist.id, entries: [{ cidr: '198.51.100.0/24' }] });
  await page.getByRole('button', { name: /^Save/ }).click();
  const note = page.getByRole('alert');
  await expect(note, 'what they changed, and no more').toContainText('198.51.100.0/24');
  await expect(note).not.toContainText('Head office');
  await note.getByRole('button', { name: 'Keep what I typed' }).click();
  await expect(name).toHaveValue('Head office');
  await expect(entry(page, 1)).toHaveValue('198.51.100.0/24');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Head office saved');

  const { node } = await admin.client.query('query ($id: ID!) { node(id: $id) { ... on Whitelist { name entries { cidr } } } }', { id: whitelist.id });
  expect(node).toEqual({ name: 'Head office', entries: [{ cidr: '198.51.100.0/24' }] });
});

test('an access point on top of another change keeps what was typed, and the rest of theirs', async ({ visit, admin }) => {
  const { accessPoint } = await admin.client.change('createAccessPoint', { code: 'PORTAL', name: 'Portal', kind: 'INTERACTIVE' }, 'accessPoint { id }');
  const page = await visit({ as: admin.client });
  await page.goto(`/access-points/${accessPoint.id}`);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Customer portal');
  await admin.client.change('updateAccessPoint', { id: accessPoint.id, name: 'Shop', description: 'For resellers' });
  await page.getByRole('button', { name: /^Save/ }).click();
  const note = page.getByRole('alert');
  await expect(note).toContainText('For resellers');
  await note.getByRole('button', { name: 'Keep what I typed' }).click();
  await expect(name).toHaveValue('Customer portal');
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('For resellers');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('PORTAL saved');

  const { node } = await admin.client.query('query ($id: ID!) { node(id: $id) { ... on AccessPoint { name description } } }', { id: accessPoint.id });
  expect(node).toEqual({ name: 'Customer portal', description: 'For resellers' });
});

test('a policy on top of another change keeps what was typed, and the rest of theirs', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/settings');
  const shortest = page.getByRole('textbox', { name: 'Shortest password' });
  await shortest.fill('16');
  await admin.client.change('updateAccountPolicy', { sessionMaxHours: 8 });
  await page.getByRole('button', { name: 'Save policy' }).click();
  const note = page.getByRole('alert');
  await expect(note, 'what they changed, and no more').toContainText('8');
  await expect(note).not.toContainText('16');
  await note.getByRole('button', { name: 'Keep what I typed' }).click();
  await expect(shortest).toHaveValue('16');
  await expect(page.getByRole('textbox', { name: 'A session ends in any case after' })).toHaveValue('8');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Security policy saved');

  const { account } = await admin.client.query('{ account { policy { passwordMinLength sessionMaxHours } } }');
  expect(account.policy).toEqual({ passwordMinLength: 16, sessionMaxHours: 8 });
});

test('a user on top of another change keeps what was typed, and the rest of theirs', async ({ visit, admin }) => {
  const { roles } = await admin.client.query('{ roles(first: 10) { nodes { id name } } }');
  const roleIds = [roles.nodes.find((role: { name: string }) => role.name === 'all').id];
  const input = { kind: 'PERSONAL', loginName: 'jane', email: 'jane@acme.example', name: 'Jane Doe', language: 'EN', roleIds, mfaForced: true, accessPoints: ['WEB'] };
  const { user } = await admin.client.change('createUser', input, 'user { id }');
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${user.id}/edit`);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Jane Roe');
  await admin.client.change('updateUser', { id: user.id, language: 'NL' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const note = page.getByRole('alert');
  await expect(note).toContainText('Dutch');
  await note.getByRole('button', { name: 'Begin again with this' }).click();
  await expect(name).toHaveValue('Jane Doe');
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue('NL');
});
