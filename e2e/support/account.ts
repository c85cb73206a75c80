import { Client, type Credentials } from './client.ts';
import { Gatehouse } from './gatehouse.ts';
import type { Authenticator } from './totp.ts';

/** The administrator of the accounts that tests begin with. */
export const administrator: Credentials = { account: 'acme', loginName: 'admin', password: 'four quiet lanterns burn' };
export const administratorEmail = 'admin@acme.example';

/** Creates the account acme from the command line; a demonstration account is already lived in. */
export async function createAccount(data: string, options: { demo: boolean }): Promise<void> {
  const { account, password } = administrator;
  const args = ['account', 'create', '--handle', account, '--name', 'Acme BV', '--email', administratorEmail, '--password-stdin'];
  await Gatehouse.command(data, options.demo ? [...args, '--demo'] : args, `${password}\n`);
}

/** An administrator who has signed in and enrolled a factor. */
export interface Administrator {
  client: Client;
  authenticator: Authenticator;
  recoveryCodes: string[];
}

export async function signInAdministrator(gatehouse: Gatehouse): Promise<Administrator> {
  const client = new Client(gatehouse.url);
  await client.signIn(administrator);
  return { client, ...(await client.enrol()) };
}
