import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { administrator, type Administrator } from '../support/account.ts';
import { Client } from '../support/client.ts';
import type { Gatehouse } from '../support/gatehouse.ts';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

const office = '198.51.100.23';
const elsewhere = '203.0.113.9';
const jane = { account: administrator.account, loginName: 'jane', password: 'nine slow rivers meeting' };

/** Creates Jane, who may update domains, comes in through WEB and API, and only from the office. */
async function createJane(admin: Administrator): Promise<{ id: string; whitelistId: string; roleId: string }> {
  const { role } = await admin.client.change('createRole', { name: 'Desk', description: '', permissions: ['UPDATE_DOMAIN'] }, 'role { id }');
  const { user } = await admin.client.change(
    'createUser',
    {
      kind: 'PERSONAL',
      loginName: jane.loginName,
      password: jane.password,
      email: 'jane@acme.example',
      name: 'Jane Doe',
      language: 'EN',
      roleIds: [role.id],
      mfaForced: false,
      accessPoints: ['WEB', 'API'],
      newWhitelist: { name: 'Office', entries: [{ cidr: '198.51.100.0/24' }] },
    },
    'user { id whitelists { id } }',
  );
  return { id: user.id, whitelistId: user.whitelists[0].id, roleId: role.id };
}

/** Asks on a user's page. */
async function ask(page: Page, question: { through: string; from: string; to?: string }): Promise<void> {
  const card = page.getByRole('region', { name: 'Could acme/jane come in?' });
  await card.getByRole('combobox', { name: 'Access point' }).selectOption(question.through);
  await card.getByRole('textbox', { name: 'From address' }).fill(question.from);
  await card.getByRole('combobox', { name: 'To do' }).fill(question.to ?? '');
  await card.getByRole('button', { name: 'Ask' }).click();
}

/** A program's question to the door that the secret is of. */
async function evaluate(gatehouse: Gatehouse, secret: string, user: string, ip: string): Promise<{ status: number; body: any }> {
  const response = await fetch(`${gatehouse.url}/access/v1/evaluation`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
    body: JSON.stringify({
      subject: { type: 'user', id: user },
      action: { name: 'enter' },
      resource: { type: 'access_point', id: 'API' },
      context: { ip },
    }),
  });
  return { status: response.status, body: await response.json() };
}

test('the page of a user explains who could come in, with the role and the whitelist that decide', async ({ visit, admin }) => {
  const { id, whitelistId, roleId } = await createJane(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}`);
  const card = page.getByRole('region', { name: 'Could acme/jane come in?' });
  const checks = card.getByRole('list', { name: 'The checks, in order' }).getByRole('listitem');

  await ask(page, { through: 'API', from: '198.51.100.40', to: 'UPDATE_DOMAIN' });
  await expect(card).toContainText('Yes. acme/jane comes in through API from 198.51.100.40, with UPDATE_DOMAIN.');
  await expect(checks.filter({ hasText: 'Address: Passed' }).getByRole('link', { name: '198.51.100.0/24 (Office)' })).toHaveAttribute('href', `/whitelists/${whitelistId}`);
  await expect(checks.filter({ hasText: 'Permission: Passed' }).getByRole('link', { name: 'Desk' })).toHaveAttribute('href', `/roles/${roleId}`);

  await ask(page, { through: 'API', from: elsewhere, to: 'RENEW_DOMAIN' });
  await expect(card).toContainText(`No. ${elsewhere} is in none of the whitelists that are asked: Office.`);
  await expect(card.getByRole('link', { name: 'Office', exact: true })).toHaveAttribute('href', `/whitelists/${whitelistId}`);
  await expect(checks.filter({ hasText: 'Address: Refused, and this decides' })).toHaveCount(1);
  await expect(checks.filter({ hasText: 'Permission: Would be refused too' })).toContainText('granted by no role');

  await test.step('the answer can be handed on', async () => {
    const shared = await visit({ as: admin.client });
    await shared.goto(page.url());
    await expect(shared.getByText(`No. ${elsewhere} is in none of the whitelists that are asked: Office.`)).toBeVisible();
  });

  await test.step('what is no address is not asked', async () => {
    await ask(page, { through: 'API', from: '198.51.100.0/24' });
    const from = card.getByRole('textbox', { name: 'From address' });
    await expect(from).toBeFocused();
    await expect(from).toHaveAccessibleDescription(/^Not an address/);
  });

  await test.step('each permission leads to the role that grants it', async () => {
    const permissions = page.getByRole('region', { name: 'Permissions' });
    await permissions.getByRole('searchbox', { name: 'Search permissions' }).fill('update dom');
    await expect(permissions.getByRole('listitem').filter({ hasText: 'VIEW_PROCESS' })).toHaveCount(0);
    await expect(permissions.getByText('UPDATE_DOMAIN')).toBeVisible();
    await expect(permissions.getByRole('link', { name: 'Desk' })).toHaveAttribute('href', `/roles/${roleId}`);
  });
});

test('a whitelist that only reports shuts nobody out, counts whom it would have refused, and takes them up', async ({ visit, admin, gatehouse }) => {
  const { id } = await createJane(admin);
  const page = await visit({ as: admin.client });
  await page.goto(`/users/${id}/edit`);
  await page.getByRole('switch', { name: /^Report only/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The whitelists of this user only report')).toBeVisible();

  const outside = new Client(gatehouse.url, elsewhere);
  await outside.signIn(jane);
  expect((await outside.query('{ viewer { user { loginName } } }')).viewer.user.loginName, 'let in from outside').toBe(jane.loginName);

  const report = page.getByRole('region', { name: 'What would have been refused' });
  await expect(async () => {
    await page.reload(); // counted within seconds
    await expect(report).toContainText('from 1 address would have been refused in the last 7 days', { timeout: 1_000 });
  }).toPass();
  await report.getByRole('button', { name: `Add ${elsewhere}/32 to a whitelist` }).click();
  const dialog = page.getByRole('dialog', { name: `Add ${elsewhere}/32 to a whitelist` });
  await expect(dialog.getByRole('combobox', { name: 'Whitelist' })).toContainText('Office');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Jane at home');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(report).toContainText('In Office now');

  await page.goto(`/users/${id}/edit`);
  await page.getByRole('switch', { name: /^Report only/ }).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Jane Doe saved');
  expect((await outside.query('{ viewer { user { loginName } } }')).viewer, 'the list holds her address by now').not.toBeNull();
  const stranger = new Client(gatehouse.url, '203.0.113.66');
  await expect(stranger.signIn(jane), 'and refuses others again').rejects.toThrow('WRONG_CREDENTIALS');
});

test('the addresses that were seen are offered where a whitelist is typed', async ({ visit, admin, gatehouse }) => {
  const { id } = await createJane(admin);
  const inOffice = new Client(gatehouse.url, office);
  await inOffice.signIn(jane);
  await inOffice.query('{ viewer { user { id } } }');
  const page = await visit({ as: admin.client });
  const seen = page.getByRole('group', { name: 'From where the user came in lately' }).getByRole('button', { name: new RegExp(`^${office} · last seen`) });
  await expect(async () => {
    await page.goto(`/users/${id}/edit`); // noted within seconds
    await page.getByRole('button', { name: 'New whitelist' }).click();
    await expect(seen).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await seen.click();
  await expect(page.getByRole('textbox', { name: 'Address or prefix 1' })).toHaveValue(office);
  await expect(seen, 'what is in the list is not offered').toHaveCount(0);
});

test('the secret of an access point is shown once, and answers the service behind it', async ({ visit, admin, gatehouse }) => {
  await createJane(admin);
  const { accessPoints } = await admin.client.query('{ accessPoints { id code } }');
  const page = await visit({ as: admin.client });
  await page.goto(`/access-points/${accessPoints.find((point: { code: string }) => point.code === 'API').id}`);
  const card = page.getByRole('region', { name: 'For the service behind it' });
  await expect(card).toContainText('There is no secret yet');
  await expect(card).toContainText('"id":"API"');

  const make = async (verb: string): Promise<string> => {
    await card.getByRole('button', { name: verb }).click();
    await page.getByRole('dialog').getByRole('button', { name: verb }).click();
    await expect(card.getByRole('heading', { name: 'The new secret' })).toBeFocused();
    return (await card.getByText(/^gatesvc_/).textContent())!;
  };
  const secret = await make('Make a secret');
  const downloading = page.waitForEvent('download');
  await card.getByRole('button', { name: 'Download as .env' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('gatehouse-API.env');
  expect(await readFile(await download.path(), 'utf8')).toBe(`GATEHOUSE_ACCESS_POINT_SECRET=${secret}\n`);

  const inside = await evaluate(gatehouse, secret, 'acme/jane', '198.51.100.40');
  expect(inside).toMatchObject({ status: 200, body: { decision: true, context: { reason: 'GRANTED' } } });
  const outside = await evaluate(gatehouse, secret, 'acme/jane', elsewhere);
  expect(outside).toMatchObject({ status: 200, body: { decision: false, context: { reason: 'IP_NOT_WHITELISTED' } } });

  const renewed = await make('Replace the secret');
  expect(renewed).not.toBe(secret);
  expect((await evaluate(gatehouse, secret, 'acme/jane', '198.51.100.40')).status, 'the older one has stopped').toBe(401);
  expect((await evaluate(gatehouse, renewed, 'acme/jane', '198.51.100.40')).status).toBe(200);

  page.once('dialog', (leaving) => void leaving.accept());
  await page.reload();
  await expect(card).toContainText('The secret was made:');
  await expect(card.getByText(/^gatesvc_/), 'shown once').toHaveCount(0);
});

test('who is turned away from a service is told why, and can sign in as somebody else', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/refused?reason=IP_NOT_WHITELISTED&door=PORTAL');
  const gate = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1, name: 'You cannot come in here' })).toBeVisible();
  await expect(gate).toContainText('Refused at PORTAL');
  await expect(gate).toContainText('in none of the whitelists that are asked');
  await expect(gate).toContainText(`You are signed in as acme/admin. You come from ${office}.`);
  await gate.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  expect((await admin.client.query('{ viewer { user { id } } }')).viewer).toBeNull();

  await page.goto('/refused?reason=NO_SUCH_REASON&door=Call+555-0100');
  await expect(gate).toContainText('does not let you in');
  await expect(gate, 'what is no code is not shown as one').not.toContainText('555-0100');
  await gate.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});
