/** Why a request came to nothing. Those but NETWORK, CANCELLED and NOT_CONFIRMED (no fresh proof was given) are the server's `extensions.code`. */
export type ApiErrorCode =
  | 'NETWORK'
  | 'CANCELLED'
  | 'NOT_CONFIRMED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'MFA_REQUIRED'
  | 'STEP_UP_REQUIRED'
  | 'RATE_LIMITED'
  | 'BAD_USER_INPUT'
  | 'INTERNAL';

const serverCodes: ReadonlySet<string> = new Set<ApiErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'MFA_REQUIRED',
  'STEP_UP_REQUIRED',
  'RATE_LIMITED',
  'BAD_USER_INPUT',
]);

/** A request that failed as a whole. What a person can put right in a form is in `userErrors` instead. */
export class ApiError extends Error {
  constructor(
    readonly code: ApiErrorCode,
    /** Seconds to wait, with RATE_LIMITED. */
    readonly retryAfter = 0,
    /** What an administrator finds the request by in the log, with INTERNAL. */
    readonly requestId = '',
    /** Which argument is wrong, with BAD_USER_INPUT: `after`, `filter.roleIds.0`. */
    readonly argument = '',
  ) {
    super(code);
    this.name = 'ApiError';
  }
}

/** An error as it stands in a GraphQL response. */
export interface GraphqlError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; retryAfter?: number; requestId?: string; argument?: string };
}

/**
 * The first error that fails the whole request, or null. FORBIDDEN below a root field that came through is not one: that
 * field is null and the rest is there.
 */
export function fatalError(errors: readonly GraphqlError[], requestId: string): ApiError | null {
  const error = errors.find((each) => each.extensions?.code !== 'FORBIDDEN' || each.path === undefined);
  if (!error) return null;
  const code = error.extensions?.code ?? '';
  if (serverCodes.has(code)) return new ApiError(code as ApiErrorCode, error.extensions?.retryAfter ?? 0, '', error.extensions?.argument ?? '');
  return new ApiError('INTERNAL', 0, error.extensions?.requestId ?? requestId);
}

/** Paths of the fields that the viewer has no permission for: `users`, `user.sessions`. List positions are left out. */
export function forbiddenPaths(errors: readonly GraphqlError[]): string[] {
  const forbidden = errors.filter((error) => error.extensions?.code === 'FORBIDDEN' && error.path);
  return forbidden.map((error) => error.path!.filter((part) => typeof part === 'string').join('.'));
}
