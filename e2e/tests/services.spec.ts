import { get, type IncomingMessage } from 'node:http';

import { administrator } from '../support/account.ts';
import { Client } from '../support/client.ts';
import type { Gatehouse } from '../support/gatehouse.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'fresh' });

const origin = 'https://portal.acme.example';
const office = '198.51.100.23';
const jane = { account: administrator.account, loginName: 'jane', password: 'nine slow rivers meeting' };

/** The request of a proxy before the service, for a browser that navigates. fetch would say Sec-Fetch-Mode: cors. */
async function forwardAuth(gatehouse: Gatehouse, secret: string, wanted: string, cookie = '') {
  const headers = {
    'Gatehouse-Access-Point-Secret': secret, 'X-Original-URL': wanted, 'X-Forwarded-For': office, 'Sec-Fetch-Mode': 'navigate', Cookie: cookie,
    'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0',
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${gatehouse.url}/access/forward-auth/PORTAL`, { headers }, resolve).on('error', reject);
  });
  response.resume();
  return {
    status: response.statusCode,
    location: response.headers.location ?? '',
    cookie: (response.headers['set-cookie'] ?? []).map((set) => set.split(';')[0]).join('; '),
  };
}

test('a visitor of a service signs in at Gatehouse, and ends the session there on the profile', async ({ visit, admin, gatehouse }) => {
  const { accessPoint } = await admin.client.change('createAccessPoint', { code: 'PORTAL', name: 'Customer portal', kind: 'INTERACTIVE', origins: [origin] }, 'accessPoint { id }');
  const { secret } = await admin.client.change('rotateAccessPointSecret', { id: accessPoint.id }, 'secret');
  const { role } = await admin.client.change('createRole', { name: 'Desk', description: '', permissions: ['VIEW_DOMAIN'] }, 'role { id }');
  const { user } = await admin.client.change(
    'createUser',
    {
      kind: 'PERSONAL', loginName: jane.loginName, password: jane.password, email: 'jane@acme.example', name: 'Jane Doe', language: 'EN',
      roleIds: [role.id], mfaForced: false, accessPoints: ['WEB', 'PORTAL'],
    },
    'user { id }',
  );
  const begun = await forwardAuth(gatehouse, secret, `${origin}/orders`);

  const page = await visit();
  await page.goto(begun.location);
  await page.getByRole('textbox', { name: 'Account' }).fill(jane.account);
  await page.getByRole('textbox', { name: 'Login name' }).fill(jane.loginName);
  await page.getByLabel('Password', { exact: true }).fill(jane.password);
  // No browser can reach the service, which is the proxy's: where Gatehouse sends it is enough.
  const back = page.waitForResponse((response) => response.url().includes('/access/enter/') && (response.headers()['location'] ?? '').startsWith(origin));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const arrived = (await back).headers()['location']!;
  expect(arrived).toMatch(/^https:\/\/portal\.acme\.example\/\.gatehouse\/enter\?code=[\w-]{43}$/);
  const finished = await forwardAuth(gatehouse, secret, arrived, begun.cookie);
  expect(finished.location).toBe(`${origin}/orders`);
  expect((await forwardAuth(gatehouse, secret, `${origin}/orders`, finished.cookie)).status).toBe(200);

  const overview = await visit({ as: admin.client });
  await overview.goto(`/users/${user.id}`);
  await expect(overview.getByRole('region', { name: 'Sessions' })).toContainText('Firefox on Windows, at Customer portal');

  await page.goto(`${gatehouse.url}/profile`);
  const sessions = page.getByRole('region', { name: 'Sessions' });
  await expect(sessions).toContainText('Firefox on Windows, at Customer portal');
  expect(await violations(page)).toEqual([]);
  await sessions.getByRole('button', { name: 'End the session on Firefox on Windows, at Customer portal' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('can open the service again');
  await dialog.getByRole('button', { name: 'End session' }).click();
  await expect(page.getByText('The session on Firefox on Windows, at Customer portal ended')).toBeVisible();
  expect((await forwardAuth(gatehouse, secret, `${origin}/orders`, finished.cookie)).status).toBe(401);
});

test('a link of a stranger leads to a page that says to go back to the service', async ({ visit, admin, gatehouse }) => {
  const page = await visit({ as: admin.client });
  await page.goto(`${gatehouse.url}/access/enter/ap_x?to=https%3A%2F%2Fevil.example%2F&browser=x`);
  await expect(page.getByText('Go back to the service, open it again, and sign in within an hour.')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('evil');
});

test('the page is served under the public address alone', async ({ visit, gatehouse }) => {
  const page = await visit();
  await page.goto(`${gatehouse.url.replace('localhost', '127.0.0.1')}/users?tab=1`);
  await expect(page).toHaveURL(new RegExp(`^${gatehouse.url}/`));
  const refused = await fetch(`${gatehouse.url.replace('localhost', '127.0.0.1')}/graphql`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': office }, body: '{"query":"{__typename}"}',
  });
  expect(refused.status).toBe(421);
});
