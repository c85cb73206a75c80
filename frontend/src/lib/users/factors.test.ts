import { expect, test } from 'vitest';
import { factorState, type FactorHolder, type FactorKind } from './factors';

const holder = (kinds: FactorKind[], given: Partial<FactorHolder> = {}, required = false): FactorHolder => ({
  kind: 'PERSONAL',
  mfa: { enrolled: kinds.length > 0, required, methods: kinds.map((kind) => ({ __typename: kind })) },
  ...given,
});

test('who has a factor is told by its kinds, however many', () => {
  expect(factorState(holder(['Passkey', 'Passkey']))).toBe('Passkey');
  expect(factorState(holder(['TotpMethod']))).toBe('Authenticator');
  expect(factorState(holder(['TotpMethod', 'Passkey'], {}, true))).toBe('Both');
});

test('who has none is told by whether one is forced, and when it will be asked for', () => {
  expect(factorState(holder([]))).toBe('None');
  expect(factorState(holder([], {}, true))).toBe('First');
  expect(factorState(holder([], { lastSignInAt: '2026-11-23T08:41:00Z' }, true))).toBe('Next');
});

test('an application shows keys, whatever is forced', () => {
  expect(factorState(holder([], { kind: 'API' }, true))).toBe('Keys');
});
