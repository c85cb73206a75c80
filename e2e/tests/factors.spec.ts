import { administrator, type Administrator } from '../support/account.ts';
import { Client } from '../support/client.ts';
import type { Gatehouse } from '../support/gatehouse.ts';
import { expect, test } from '../support/test.ts';

test.use({ account: 'fresh' });

const jane = { account: administrator.account, loginName: 'jane', password: 'nine slow rivers meeting' };

/** Creates Jane, who signs in by password alone, and signs her in. */
async function createJane(admin: Administrator, gatehouse: Gatehouse, permissions: string[] = []): Promise<{ id: string; client: Client }> {
  const { role } = await admin.client.change('createRole', { name: 'Desk', description: '', permissions }, 'role { id }');
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
      accessPoints: ['WEB'],
    },
    'user { id }',
  );
  const client = new Client(gatehouse.url);
  await client.signIn(jane);
  return { id: user.id, client };
}

test('an administrator sees who has which factor, and resets it with its consequences told', async ({ visit, admin, gatehouse, mailbox }) => {
  const { id, client } = await createJane(admin, gatehouse);
  const page = await visit({ as: admin.client });
  await page.goto('/users?factor=no');
  const row = page.getByRole('table').getByRole('row').filter({ hasText: 'acme/jane' });
  await expect(row).toContainText('None');
  await client.enrol();
  await page.reload();
  await expect(row, 'the list holds those without one').toHaveCount(0);
  await page.goto('/users?factor=yes');
  await expect(row).toContainText('Authenticator');

  await page.goto(`/users/${id}`);
  const about = page.getByRole('complementary', { name: 'About Jane Doe' });
  await expect(about).toContainText('Phone');
  await expect(about).toContainText('Authenticator app');
  await expect(about).toContainText('10 of 10 left');
  await about.getByRole('button', { name: 'Reset second factor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset the second factor of Jane Doe?' });
  for (const consequence of ['stop working', '1 session ends at once', 'by password alone', 'told by mail to jane@acme.example']) {
    await expect(dialog).toContainText(consequence);
  }
  await dialog.getByRole('button', { name: 'Reset second factor' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Second factor of Jane Doe reset');
  await expect(about).toContainText('None. Signs in by password alone.');
  await mailbox.mail('jane@acme.example', /factor/i);
  expect((await client.query('{ viewer { user { id } } }')).viewer, 'her session has ended').toBeNull();
});

test('before a second factor is forced for all, the page says whom it reaches', async ({ visit, admin, gatehouse }) => {
  const { client } = await createJane(admin, gatehouse, ['MANAGE_ACCOUNT', 'VIEW_USER']);
  const janes = await visit({ as: client });
  await janes.goto('/settings');
  const force = { name: 'Force a second factor' };
  await janes.getByRole('switch', force).check();
  await expect(janes.getByText('You have none yourself')).toBeVisible();

  const page = await visit({ as: admin.client });
  await page.goto('/settings');
  await page.getByRole('switch', force).check();
  await expect(page.getByText('1 active person has no second factor')).toContainText('Jane Doe');
  await expect(page.getByText('You have one yourself')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Who they are' })).toHaveAttribute('href', '/users?kind=PERSONAL&status=ACTIVE&factor=no');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Security policy saved');

  await janes.getByRole('link', { name: 'Users', exact: true }).click();
  await expect(janes, 'with her next request she can do nothing but add one').toHaveURL(/\/enrol/);
});

test('the profile shows the latest sign-ins, and those that failed', async ({ visit, admin, gatehouse }) => {
  const { client } = await createJane(admin, gatehouse);
  await new Client(gatehouse.url, '203.0.113.66').mutate('signIn', { ...jane, password: 'eight slow rivers meeting' });
  const page = await visit({ as: client });
  const line = (address: string) => page.getByRole('region', { name: 'Recent sign-ins' }).getByRole('listitem').filter({ hasText: address });
  await expect(async () => {
    await page.goto('/profile'); // a failed try is written after its answer
    await expect(line('203.0.113.66')).toContainText('Wrong password', { timeout: 1_000 });
  }).toPass();
  await expect(line('198.51.100.23')).toContainText('signed in with a password');
});
