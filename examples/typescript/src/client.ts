import { createHmac } from 'node:crypto';
import type { ProblemFragment, TypedDocumentString } from './generated/graphql.js';

/** An error of a request; `code` is one of extensions.code. */
export class GraphQLError extends Error {
  constructor(
    message: string,
    readonly code: string,
    /** With RATE_LIMITED: in how many seconds the request can be sent again. */
    readonly retryAfter?: number,
  ) {
    super(`${code}: ${message}`);
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string; retryAfter?: number } }[];
}

/** A client with an API key, or with the session that signing in gives it: cookies are kept between requests. */
export class Client {
  readonly #cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    readonly key?: string,
  ) {}

  async request<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        ...(this.key ? { Authorization: `ApiKey ${this.key}` } : { Cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') }),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.#cookies.set(name!, value!);
    }
    const { data, errors } = (await response.json()) as Answer<Data>;
    const [error] = errors ?? [];
    if (error) throw new GraphQLError(error.message, error.extensions?.code ?? '', error.extensions?.retryAfter);
    return data!;
  }
}

/** The payload of a mutation, when there is nothing in it that a person can put right. */
export function succeeded<P extends { userErrors: ProblemFragment[] }>(payload: P | null | undefined): P {
  if (!payload) throw new Error('no payload');
  const [problem] = payload.userErrors;
  if (problem) throw new Error(`${problem.code} at ${problem.field.join('.')}: ${problem.message}`);
  return payload;
}

/** The code of an authenticator app (RFC 6238). */
export function totp(secret: string, now: number): string {
  const bits = [...secret.replaceAll(/\s/g, '')].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const sum = createHmac('sha1', key).update(step).digest();
  return String((sum.readUInt32BE(sum.at(-1)! & 0xf) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
