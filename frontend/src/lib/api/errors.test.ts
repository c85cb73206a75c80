import { describe, expect, test } from 'vitest';
import { fatalError, forbiddenPaths } from './errors';

const error = (code: string | undefined, more = {}, path?: (string | number)[]) => ({
  message: '',
  ...(path ? { path } : {}),
  extensions: { ...(code ? { code } : {}), ...more },
});

describe('fatalError', () => {
  test('lets a forbidden field through, for it is null and nulls nothing else', () => {
    expect(fatalError([error('FORBIDDEN', {}, ['user', 'sessions'])], '')).toBeNull();
  });
  test('finds what fails the request behind a forbidden field', () => {
    const errors = [error('FORBIDDEN', {}, ['users']), error('STEP_UP_REQUIRED', {}, ['changeEmail'])];
    expect(fatalError(errors, '')?.code).toBe('STEP_UP_REQUIRED');
  });
  test('keeps how long to wait', () => {
    expect(fatalError([error('RATE_LIMITED', { retryAfter: 540 })], '')).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 540 });
  });
  test('keeps which argument is wrong', () => {
    expect(fatalError([error('BAD_USER_INPUT', { argument: 'after' })], '')).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });
  test('takes a code that it does not know for a failure of the server, with its request ID', () => {
    expect(fatalError([error('SURPRISE')], 'req_1')).toMatchObject({ code: 'INTERNAL', requestId: 'req_1' });
    expect(fatalError([error(undefined, { requestId: 'req_2' })], 'req_1')).toMatchObject({ requestId: 'req_2' });
  });
});

test('forbiddenPaths leaves list positions out', () => {
  expect(forbiddenPaths([error('FORBIDDEN', {}, ['users', 'nodes', 3, 'whitelists'])])).toEqual(['users.nodes.whitelists']);
});
