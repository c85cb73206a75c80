// An example of a client made by graphql-codegen. With an API key it lists users, creates one, updates a role and reads the audit
// trail; in a session it creates an API key, which no API key may.
import { randomUUID } from 'node:crypto';
import { Client, GraphQLError, succeeded, totp } from './client.js';
import {
  CreateApiKeyDocument,
  CreateUserDocument,
  EventsDocument,
  RoleDocument,
  SignInDocument,
  SignOutDocument,
  UpdateRoleDocument,
  UsersDocument,
  VerifyTotpDocument,
  WhoamiDocument,
  type CreateApiKeyInput,
  type CreateUserInput,
} from './generated/graphql.js';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

const url = setting('GATEHOUSE_URL');

/** All users, page by page: the next one follows the cursor at which the last one ended. */
async function* users(client: Client) {
  for (let after: string | undefined; ; ) {
    const page = (await client.request(UsersDocument, { first: 2, after })).users!;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor ?? undefined;
  }
}

/** Changes the description of a role. With the revision that was read nobody else's change is lost. */
async function updateRole(client: Client, name: string): Promise<string> {
  const role = (await client.request(RoleDocument, { name })).roles?.nodes.find((each) => each.name === name);
  if (!role) throw new Error(`no role ${name}`);
  const { id, revision } = role;
  const input = { id, revision, description: `Changed at ${new Date().toISOString()}` };
  const { role: changed } = succeeded((await client.request(UpdateRoleDocument, { input })).updateRole);
  if (changed?.revision !== revision + 1 || String(changed.permissions) !== String(role.permissions)) throw new Error('what was left out did not stay');
  // Errors are decided by their code.
  const stale = await client.request(UpdateRoleDocument, { input: { id, revision, description: 'Lost' } });
  if (stale.updateRole?.userErrors[0]?.code !== 'STALE_REVISION') throw new Error('an older revision was not refused');
  return id;
}

/** Creates an API user. With the same idempotency key it can be sent again when no answer came. */
async function createUser(client: Client, loginName: string, roleId: string): Promise<string> {
  const input: CreateUserInput = {
    kind: 'API',
    loginName,
    email: 'it@acme.example',
    name: 'Synchronisation',
    language: 'EN',
    roleIds: [roleId],
    mfaForced: true,
    accessPoints: ['API'],
    idempotencyKey: randomUUID(),
  };
  const first = succeeded((await client.request(CreateUserDocument, { input })).createUser);
  const again = succeeded((await client.request(CreateUserDocument, { input })).createUser);
  if (!first.user || first.user.id !== again.user?.id) throw new Error('created twice');
  return first.user.id;
}

/** What was done to a user, the oldest first. */
async function* events(client: Client, targetId: string) {
  for (let before: string | undefined; ; ) {
    const page = (await client.request(EventsDocument, { filter: { targetId }, last: 50, before })).auditEvents!;
    yield* page.nodes.toReversed();
    if (!page.pageInfo.hasPreviousPage) return;
    before = page.pageInfo.startCursor ?? undefined;
  }
}

/** Signs in as a person, creates an API key of a user that ends in 90 days, and signs out. */
async function createKeyInSession(program: Client, userId: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString();
  const input: CreateApiKeyInput = { userId, description: 'Example', accessPoints: ['API'], expiresAt };
  const refused = await program.request(CreateApiKeyDocument, { input }).catch((error: unknown) => error);
  if (!(refused instanceof GraphQLError) || refused.code !== 'FORBIDDEN') throw new Error(`a key that creates a key: ${refused}`);

  const session = new Client(url);
  const begun = await session.request(SignInDocument, {
    account: setting('GATEHOUSE_ACCOUNT'),
    loginName: setting('GATEHOUSE_LOGIN'),
    password: setting('GATEHOUSE_PASSWORD'),
  });
  const { next, challenge } = succeeded(begun.signIn);
  if (next !== 'VERIFY_MFA' || !challenge) throw new Error(`sign in: next is ${next}`);
  const code = totp(setting('GATEHOUSE_TOTP_SECRET'), Date.now());
  succeeded((await session.request(VerifyTotpDocument, { token: challenge.token, code })).verifyTotp);
  const { secret } = succeeded((await session.request(CreateApiKeyDocument, { input })).createApiKey);
  succeeded((await session.request(SignOutDocument, {})).signOut);
  return secret!;
}

const program = new Client(url, setting('GATEHOUSE_API_KEY'));
for await (const user of users(program)) console.log('user', user.qualifiedName);
const role = await updateRole(program, 'Reader');
const user = await createUser(program, 'sync-typescript', role);
let seen = 0;
for await (const event of events(program, user)) {
  console.log('event', event.at, event.actorName, event.action, event.targetName);
  seen++;
}
if (seen === 0) throw new Error(`no event of ${user}`);
const { viewer } = await new Client(url, await createKeyInSession(program, user)).request(WhoamiDocument, {});
console.log('the new key is', viewer?.user.qualifiedName, viewer?.permissions);
