import type { Gatehouse } from '../support/gatehouse.ts';
import { Client } from '../support/client.ts';
import { expect, test } from '../support/test.ts';

const administrator = { account: 'acme', loginName: 'admin', password: 'four quiet lanterns burn' };

/** An administrator who set up the account and enrolled a factor, all of it without a browser. */
async function setUp(gatehouse: Gatehouse): Promise<Client> {
  const client = new Client(gatehouse.url);
  const { account: handle, loginName, password } = administrator;
  const token = (await gatehouse.setUpLink()).split('#token=')[1];
  const input = { token, handle, loginName, password, name: 'Acme BV', email: 'admin@acme.example', language: 'EN' };
  const { next } = await client.change('setUpAccount', input, 'next');
  expect(next).toBe('ENROL_MFA');
  const { recoveryCodes } = await client.enrol();
  expect(recoveryCodes).toHaveLength(10);
  return client;
}

test('a program with a cookie jar does everything that the page can', async ({ gatehouse, mailbox }) => {
  const client = await setUp(gatehouse);
  const { viewer } = await client.query('{ viewer { assurance ip permissions user { qualifiedName mfa { enrolled } } } }');
  expect(viewer).toMatchObject({ assurance: 'MFA', ip: '198.51.100.23', user: { qualifiedName: 'acme/admin', mfa: { enrolled: true } } });
  expect(viewer.permissions).toContain('CREATE_USER');

  const { role } = await client.change('createRole', { name: 'Support', permissions: ['VIEW_USER', 'VIEW_DOMAIN'] }, 'role { id permissions revision }');
  expect(role.permissions, 'what is essential is added').toEqual(['VIEW_DOMAIN', 'VIEW_PROCESS', 'VIEW_USER']);

  const { whitelist } = await client.change(
    'createWhitelist',
    { name: 'Office', entries: [{ cidr: '198.51.100.0/24', note: 'Utrecht' }, { cidr: '2001:DB8::/48' }] },
    'whitelist { id entries { cidr note } }',
  );
  expect(whitelist.entries).toEqual([{ cidr: '198.51.100.0/24', note: 'Utrecht' }, { cidr: '2001:db8::/48', note: '' }]);

  const { accessPoint } = await client.change(
    'createAccessPoint',
    { code: 'WIKI', name: 'Wiki', kind: 'INTERACTIVE', origins: ['https://wiki.acme.example'], whitelistIds: [whitelist.id] },
    'accessPoint { id code whitelists { name } }',
  );
  expect(accessPoint).toMatchObject({ code: 'WIKI', whitelists: [{ name: 'Office' }] });

  const { user: jane } = await client.change(
    'createUser',
    {
      kind: 'PERSONAL', loginName: 'jane', name: 'Jane Doe', email: 'jane@acme.example', language: 'NL',
      roleIds: [role.id], mfaForced: true, accessPoints: ['WEB', 'WIKI'],
      newWhitelist: { name: 'Home of Jane', entries: [{ cidr: '203.0.113.7' }] }, idempotencyKey: 'first-try',
    },
    'user { id qualifiedName status revision whitelists { name entries { cidr } } }',
  );
  expect(jane).toMatchObject({
    qualifiedName: 'acme/jane', status: 'INVITED', whitelists: [{ name: 'Home of Jane', entries: [{ cidr: '203.0.113.7/32' }] }],
  });
  const welcome = await mailbox.mail('jane@acme.example', /./);
  expect(welcome.text).toContain('acme');

  const { user: app } = await client.change(
    'createUser',
    {
      kind: 'API', loginName: 'whmcs', name: 'Billing', email: 'billing@acme.example', language: 'EN',
      roleIds: [role.id], mfaForced: true, accessPoints: ['API'],
    },
    'user { id status accessPoints { code } }',
  );
  expect(app).toMatchObject({ status: 'ACTIVE', accessPoints: [{ code: 'API' }] });

  const changed = await client.change(
    'updateUser',
    { id: jane.id, revision: jane.revision, name: 'Jane van Dam', accessPoints: ['WEB'], whitelistIds: [whitelist.id] },
    'user { name email accessPoints { code } whitelists { name } }',
  );
  expect(changed.user).toEqual({
    name: 'Jane van Dam', email: 'jane@acme.example', accessPoints: [{ code: 'WEB' }], whitelists: [{ name: 'Office' }],
  });

  const stale = await client.mutate('updateUser', { id: jane.id, revision: jane.revision, name: 'Too late' });
  expect(stale.userErrors).toMatchObject([{ code: 'STALE_REVISION' }]);
  await client.change('updateRole', { id: role.id, revision: role.revision, permissions: ['VIEW_DOMAIN'] });
  const inUse = await client.mutate('deleteRole', { id: role.id });
  expect(inUse.userErrors).toMatchObject([{ code: 'IN_USE' }]);

  await client.change('deactivateUser', { id: jane.id });
  const { users } = await client.query('{ users(filter: { statuses: [DEACTIVATED] }) { totalCount nodes { qualifiedName } } }');
  expect(users).toEqual({ totalCount: 1, nodes: [{ qualifiedName: 'acme/jane' }] });
  await client.change('reactivateUser', { id: jane.id });

  const { auditEvents } = await client.query(
    `query ($subject: ID) {
      auditEvents(filter: { subjectId: $subject }) { nodes { action outcome actorName ip changes { field before after } } }
    }`,
    { subject: jane.id },
  );
  expect(auditEvents.nodes.map((event: { action: string; outcome: string }) => `${event.action} ${event.outcome}`)).toEqual([
    'user.reactivate SUCCEEDED', 'user.deactivate SUCCEEDED', 'user.update SUCCEEDED', 'user.create SUCCEEDED',
  ]);
  const update = auditEvents.nodes[2];
  expect(update).toMatchObject({ actorName: 'acme/admin', ip: '198.51.100.23' });
  expect(update.changes).toContainEqual({ field: 'name', before: 'Jane Doe', after: 'Jane van Dam' });
});

test('what is refused changes nothing and is told in the trail', async ({ gatehouse }) => {
  const client = await setUp(gatehouse);
  const { viewer } = await client.query('{ viewer { user { id } } }');
  const { userErrors } = await client.mutate('deactivateUser', { id: viewer.user.id });
  expect(userErrors.map((error: { code: string }) => error.code)).toEqual(['LAST_ADMIN', 'LOCKOUT']);
  const { auditEvents, user } = await client.query(
    'query ($id: ID!) { user(by: { id: $id }) { status } auditEvents(filter: { outcomes: [DENIED] }) { nodes { action targetName reason } } }',
    { id: viewer.user.id },
  );
  expect(user.status).toBe('ACTIVE');
  expect(auditEvents.nodes).toEqual([{ action: 'user.deactivate', targetName: 'acme/admin', reason: 'LAST_ADMIN' }]);
});

test('the same request twice creates one user', async ({ gatehouse }) => {
  const client = await setUp(gatehouse);
  const { roles } = await client.query('{ roles { nodes { id name } } }');
  const input = {
    kind: 'API', loginName: 'dns-robot', name: 'DNS', email: 'dns@acme.example', language: 'EN',
    roleIds: [roles.nodes[0].id], mfaForced: true, accessPoints: ['API'], idempotencyKey: 'sent-twice',
  };
  const first = await client.change('createUser', input, 'user { id }');
  const second = await client.change('createUser', input, 'user { id }');
  expect(second.user.id).toBe(first.user.id);
  expect((await client.query('{ account { userCount } }')).account.userCount).toBe(2);
});

test('another site cannot use the session of a browser', async ({ gatehouse }) => {
  const answer = await fetch(`${gatehouse.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    body: JSON.stringify({ query: '{ viewer { ip } }' }),
  });
  expect(answer.status).toBe(403);
});
