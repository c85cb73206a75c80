import type { BrowserContext } from '@playwright/test';
import { Authenticator } from './totp.ts';

/** What a test asks for is known to the test alone. */
export type Answer = Record<string, any>;

export interface Credentials {
  account: string;
  loginName: string;
  password: string;
}

/** A client that is no browser: fetch, a cookie jar, and GraphQL as anybody would write it. */
export class Client {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly from = '198.51.100.23',
  ) {}

  /** The data of a query. Throws what the server says when it refuses. */
  async query(document: string, variables: Answer = {}): Promise<Answer> {
    const { data, errors } = await this.send(document, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The payload of a mutation, which may say in `userErrors` what is to be put right. */
  async mutate(name: string, input: Answer, fields = ''): Promise<Answer> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
    const document = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
    return (await this.query(document, { input }))[name];
  }

  /** The payload of a mutation that must succeed. */
  async change(name: string, input: Answer, fields = ''): Promise<Answer> {
    const payload = await this.mutate(name, input, fields);
    if (payload.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  /** Signs in by password, which must be enough, or enough to enrol a factor. */
  async signIn({ account, loginName, password }: Credentials): Promise<Answer> {
    return this.change('signIn', { account, loginName, password }, 'next challenge { token methods } viewer { user { id } }');
  }

  /** Enrols an authenticator app. */
  async enrol(): Promise<{ authenticator: Authenticator; recoveryCodes: string[] }> {
    const begun = await this.change('beginTotpEnrolment', { name: 'Phone' }, 'challengeToken secret');
    const authenticator = new Authenticator(begun.secret);
    const { recoveryCodes } = await this.change(
      'finishTotpEnrolment',
      { challengeToken: begun.challengeToken, code: authenticator.code() },
      'recoveryCodes',
    );
    return { authenticator, recoveryCodes };
  }

  /** For a browser that goes on with this client's session. */
  cookies(): Parameters<BrowserContext['addCookies']>[0] {
    return [...this.jar].map(([name, value]) => ({ name, value, url: this.url, httpOnly: true, sameSite: 'Lax' }));
  }

  private async send(query: string, variables: Answer): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        'X-Forwarded-For': this.from,
        Cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (/; *max-age=0/i.test(cookie)) this.jar.delete(name!);
      else this.jar.set(name!, value!);
    }
    return (await response.json()) as Answer;
  }
}
