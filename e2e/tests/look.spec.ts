import type { Page } from '@playwright/test';
import { administrator } from '../support/account.ts';
import { Client } from '../support/client.ts';
import { scan, showCode } from '../support/gate.ts';
import { expect, test, violations } from '../support/test.ts';

test.use({ account: 'demo' });

const missing = '/nothing-here';
const gatePages = [
  '/sign-in',
  '/forgot-password',
  '/set-up#token=gone',
  '/set-password#token=gone',
  '/confirm-email#token=gone',
  '/refused?reason=IP_NOT_WHITELISTED&door=PORTAL',
];
const lists = ['/', '/users', '/users?q=nobody-matches', '/roles', '/keys', '/keys?status=EXPIRED', '/access-points', '/whitelists', '/mail', '/mail?state=sent', '/audit', '/settings', '/profile', missing];
const forms = ['/users/new', '/roles/new', '/keys/new', '/access-points/new', '/whitelists/new'];

/** Pages about one object: the first of each kind that the demonstration account has, and keys of its first application. */
async function objectPages(client: Client): Promise<string[]> {
  const { users, applications, roles, whitelists, accessPoints } = await client.query(`{
    users(first: 1, filter: { kinds: [PERSONAL] }) { nodes { id } }
    applications: users(first: 1, filter: { kinds: [API], accessPoints: ["API"] }) { nodes { id } }
    roles(last: 1) { nodes { id } }
    whitelists(first: 1) { nodes { id } }
    accessPoints { id }
  }`);
  const user = users.nodes[0].id;
  const application = applications.nodes[0].id;
  const key = await createKeys(client, application);
  return [
    `/users/${user}`,
    `/users/${user}/edit`,
    `/users?user=${user}`,
    `/users/${application}?endedKeys=1`,
    `/keys/new?user=${application}&next`,
    `/keys/${key}`,
    `/roles/${roles.nodes[0].id}`,
    `/whitelists/${whitelists.nodes[0].id}`,
    `/access-points/${accessPoints[0].id}`,
  ];
}

/** One key that can be used and does little, and one that was revoked. */
async function createKeys(client: Client, userId: string): Promise<string> {
  const create = async (description: string) => {
    const input = { userId, description, accessPoints: ['API'], permissions: [] };
    return (await client.change('createApiKey', input, 'apiKey { id }')).apiKey.id;
  };
  await client.change('revokeApiKey', { id: await create('trial') });
  return create('Kraftfahrzeughaftpflichtversicherungsabrechnung');
}

async function openWell(page: Page, address: string): Promise<void> {
  await test.step(address, async () => {
    await page.goto(address);
    const heading = page.getByRole('heading', { level: 1 });
    if (address === missing) await expect(heading).toHaveText('Nothing here');
    else await expect.soft(heading, address).not.toHaveText('Nothing here');
    await expectWell(page, address);
  });
}

/** Nothing is found by axe-core on what is on the screen, and nothing sticks out. */
async function expectWell(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect.soft(await violations(page), what).toEqual([]);
  expect.soft(await page.evaluate(sticksOut), `${what} scrolls sideways`).toEqual([]);
}

/** What makes the page wider than the window. Runs in the page. */
function sticksOut(): string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > width);
  return ['page', ...wide.map((element) => `${element.localName}.${element.className}`)];
}

const looks = {
  light: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  'on a phone': { colorScheme: 'light', viewport: { width: 390, height: 844 } },
} as const;

for (const [look, options] of Object.entries(looks)) {
  test.describe(look, () => {
    test.use(options);

    test(`every page of the gate is well made, ${look}`, async ({ visit }) => {
      const page = await visit();
      for (const address of gatePages) await openWell(page, address);
    });

    test(`enrolling a second factor is well made, ${look}`, async ({ visit, gatehouse }) => {
      const client = new Client(gatehouse.url);
      await client.signIn(administrator);
      const page = await visit({ as: client });
      await openWell(page, '/enrol');
      const authenticator = await scan(page);
      await expectWell(page, 'the code to scan');
      await showCode(page, authenticator);
      await expect(page.getByRole('heading', { level: 1, name: 'Save your recovery codes' })).toBeVisible();
      await expectWell(page, 'the recovery codes');
    });

    test(`every page is well made, ${look}`, async ({ visit, admin }) => {
      test.slow(); // axe-core reads some twenty pages
      await admin.client.change('updateViewer', { name: 'Hubert Wolfeschlegelsteinhausenbergerdorff' });
      const page = await visit({ as: admin.client });
      for (const address of [...lists, ...forms, ...(await objectPages(admin.client))]) await openWell(page, address);
    });
  });
}
