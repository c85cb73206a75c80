import type { ProofKind } from '$lib/api/generated/graphql';

const order: readonly ProofKind[] = ['TOTP', 'PASSWORD', 'RECOVERY_CODE'];

/** What is asked for first: recovery codes are few, so they come last. */
export function firstMethod(methods: readonly ProofKind[]): ProofKind {
  return order.find((kind) => methods.includes(kind)) ?? 'TOTP';
}
