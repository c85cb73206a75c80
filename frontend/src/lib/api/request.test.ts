import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { stepUp } from '$lib/state/stepUp.svelte';
import { ApiError } from './errors';
import { request } from './request';

const sent = vi.hoisted(() => ({ execute: vi.fn(), enterSignIn: vi.fn() }));
vi.mock('./client', () => ({ execute: sent.execute }));
vi.mock('./queryClient', () => ({ queryClient: {} }));
vi.mock('$lib/state/session.svelte', () => ({ enterSignIn: sent.enterSignIn, enterEnrolment: vi.fn() }));

const answer = { data: {}, forbidden: [] };
const ask = () => request({} as never, {} as never);
const refuse = (code: 'STEP_UP_REQUIRED' | 'UNAUTHENTICATED') => Promise.reject(new ApiError(code));

beforeEach(() => {
  sent.execute.mockReset();
  sent.enterSignIn.mockReset();
  stepUp.end(false);
});

test('a request goes on after a fresh proof', async () => {
  sent.execute.mockImplementationOnce(() => refuse('STEP_UP_REQUIRED')).mockResolvedValue(answer);
  const asked = ask();
  await vi.waitFor(() => expect(stepUp.open).toBe(true));
  stepUp.end(true);
  expect(await asked).toBe(answer);
  expect(sent.execute).toHaveBeenCalledTimes(2);
});

test('closing the dialog gives the request up', async () => {
  sent.execute.mockImplementation(() => refuse('STEP_UP_REQUIRED'));
  const asked = ask();
  await vi.waitFor(() => expect(stepUp.open).toBe(true));
  stepUp.end(false);
  await expect(asked).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
  expect(sent.execute).toHaveBeenCalledTimes(1);
});

test('two requests at once ask once, also when one is answered after the proof', async () => {
  let late: (error: ApiError) => void = () => {};
  sent.execute
    .mockImplementationOnce(() => refuse('STEP_UP_REQUIRED'))
    .mockImplementationOnce(() => new Promise((_, reject) => (late = reject)))
    .mockResolvedValue(answer);
  const first = ask();
  const second = ask();
  await vi.waitFor(() => expect(stepUp.open).toBe(true));
  stepUp.end(true);
  late(new ApiError('STEP_UP_REQUIRED'));
  expect(await Promise.all([first, second])).toEqual([answer, answer]);
  expect(stepUp.open).toBe(false);
});

test('a proof renews the cookie: who asked with the old one is not sent to sign in', async () => {
  let late: (error: ApiError) => void = () => {};
  sent.execute.mockImplementationOnce(() => new Promise((_, reject) => (late = reject))).mockResolvedValue(answer);
  const asked = ask();
  void stepUp.ask();
  late(new ApiError('UNAUTHENTICATED'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(sent.enterSignIn).not.toHaveBeenCalled();
  stepUp.end(true);
  expect(await asked).toBe(answer);
  expect(sent.enterSignIn).not.toHaveBeenCalled();
});

test('without a proof in between, a session that has ended leads to the sign-in page', async () => {
  sent.execute.mockImplementation(() => refuse('UNAUTHENTICATED'));
  await expect(ask()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(sent.enterSignIn).toHaveBeenCalledTimes(1);
});

/** What is sent as it is: it begins or ends a session, or proves one, and never requires a fresh proof. */
const asItIs = [
  'BeginPasskeySignInDocument', 'BeginSetPasswordDocument', 'BeginStepUpDocument', 'ConfirmEmailDocument', 'FinishPasskeySignInDocument',
  'RequestPasswordResetDocument', 'SetPasswordDocument', 'SetUpAccountDocument', 'SignInDocument', 'SignOutDocument', 'VerifyPasswordDocument',
  'VerifyRecoveryCodeDocument', 'VerifyTotpDocument', 'ViewerDocument',
];

test('every other operation asks for a fresh proof in place', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$|generated|lib\/api\/(client|request)\.ts$/.test(file),
  );
  const direct = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bexecute\(\s*(\w+)/g)].map((match) => match[1]!),
  );
  expect([...new Set(direct)].sort()).toEqual(asItIs);
});
