// Prepares an account for the examples over GraphQL, and prints what they take from the environment: an API key, and per example
// a person with an authenticator app. Run with the server's URL and the password of the administrator acme/admin.
import { createHmac } from 'node:crypto';

const [url, password] = process.argv.slice(2);

/** A client with a session of its own. */
function client() {
  const cookies = new Map();
  return async (name, input, fields) => {
    const argument = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      body: JSON.stringify({
        query: `mutation($input: ${argument}) { it: ${name}(input: $input) { ${fields} userErrors { code field message } } }`,
        variables: { input },
      }),
    });
    for (const cookie of response.headers.getSetCookie()) cookies.set(...cookie.split(';')[0].split(/=(.*)/));
    const { data, errors } = await response.json();
    if (errors || data.it.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors ?? data.it.userErrors)}`);
    return data.it;
  };
}

function totp(secret, step) {
  const bits = [...secret.replaceAll(' ', '')].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const sum = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((sum.readUInt32BE(sum.at(-1) & 0xf) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Signs in and enrols an authenticator app, with the code before the present one: the next sign-in shows the present one. */
async function enrol(loginName) {
  const person = client();
  await person('signIn', { account: 'acme', loginName, password }, 'next');
  const { challengeToken, secret } = await person('beginTotpEnrolment', { name: 'Example' }, 'challengeToken secret');
  await person('finishTotpEnrolment', { challengeToken, code: totp(secret, Math.floor(Date.now() / 30_000) - 1) }, 'recoveryCodes');
  return { person, secret };
}

const { person: admin } = await enrol('admin');
const role = async (name, permissions) => (await admin('createRole', { name, permissions }, 'role { id }')).role.id;
const reads = ['VIEW_DOMAIN'];
await role('Reader', reads);
const onboarding = await role('Onboarding', [...reads, 'VIEW_USER', 'CREATE_USER', 'VIEW_ROLE', 'UPDATE_ROLE', 'VIEW_AUDIT']);
const keys = await role('Keys', [...reads, 'VIEW_USER', 'MANAGE_API_KEY']);
const user = async (input) => (await admin('createUser', { email: `${input.loginName}@acme.example`, name: 'Example', language: 'EN', ...input }, 'user { id }')).user.id;
const userId = await user({ kind: 'API', loginName: 'onboarding', roleIds: [onboarding], mfaForced: true, accessPoints: ['API'] });
const { secret: key } = await admin('createApiKey', { userId, description: 'Examples', accessPoints: ['API'] }, 'secret');
for (const example of ['go', 'typescript']) {
  const loginName = `keys-${example}`;
  await user({ kind: 'PERSONAL', loginName, password, roleIds: [keys], mfaForced: true, accessPoints: ['WEB'] });
  const { secret } = await enrol(loginName);
  const settings = { GATEHOUSE_API_KEY: key, GATEHOUSE_ACCOUNT: 'acme', GATEHOUSE_LOGIN: loginName, GATEHOUSE_PASSWORD: password, GATEHOUSE_TOTP_SECRET: secret };
  console.log(example, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`.replaceAll(' ', '')));
}
