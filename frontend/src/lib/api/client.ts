import { language } from '$lib/i18n/index.svelte';
import { ApiError, fatalError, forbiddenPaths, type GraphqlError } from './errors';
import type { TypedDocumentString } from './generated/graphql';

/** What came back, and which of its fields are null because the viewer has no permission for them. */
export interface Answer<T> {
  data: T;
  forbidden: string[];
}

/** One operation, as it is: nothing is retried, nobody is sent to sign in. Throws ApiError. */
export async function execute<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const response = await send(JSON.stringify({ query: document.toString(), variables }), signal);
  const body = await parse<T>(response);
  const requestId = response.headers.get('X-Request-Id') ?? '';
  const failed = fatalError(body.errors ?? [], requestId);
  if (failed) throw failed;
  if (!body.data) throw statusError(response, requestId);
  return { data: body.data, forbidden: forbiddenPaths(body.errors ?? []) };
}

interface Body<T> {
  data?: T | null;
  errors?: GraphqlError[];
}

async function send(body: string, signal?: AbortSignal): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json',
    'Accept-Language': language(),
  };
  try {
    return await fetch('/graphql', { method: 'POST', headers, body, ...(signal ? { signal } : {}) });
  } catch (error) {
    throw new ApiError(signal?.aborted || isAbort(error) ? 'CANCELLED' : 'NETWORK');
  }
}

/** A body that is not GraphQL comes from something in between (a proxy), or from a server that is going down. */
async function parse<T>(response: Response): Promise<Body<T>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

function statusError(response: Response, requestId: string): ApiError {
  if (response.status === 401) return new ApiError('UNAUTHENTICATED');
  if (response.status === 403) return new ApiError('FORBIDDEN');
  if (response.status === 429) return new ApiError('RATE_LIMITED', Number(response.headers.get('Retry-After')) || 60);
  if (response.status === 502 || response.status === 503 || response.status === 504) return new ApiError('NETWORK');
  return new ApiError('INTERNAL', 0, requestId);
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
