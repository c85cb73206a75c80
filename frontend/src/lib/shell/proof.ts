import type { ProofKind } from '$lib/api/generated/graphql';

const storageKey = 'gatehouse-proof';

/** What can be shown here, in the order of the server. A passkey stays where there is nothing else, so that it can be told why not. */
export function offeredProofs(methods: readonly ProofKind[], passkeys: boolean): readonly ProofKind[] {
  const others = methods.filter((kind) => kind !== 'PASSKEY');
  return passkeys || others.length === 0 ? methods : others;
}

/** What is asked for first: what was shown last from this browser, else what the server names first. */
export function firstProof(offered: readonly ProofKind[], remembered: ProofKind | null): ProofKind {
  if (remembered && offered.includes(remembered)) return remembered;
  return offered[0] ?? 'TOTP';
}

/** What was shown last from this browser; null when nothing was, or when it is not known. */
export function rememberedProof(): ProofKind | null {
  try {
    const kind = localStorage.getItem(storageKey);
    return kind === 'TOTP' || kind === 'PASSKEY' ? kind : null;
  } catch {
    return null; // storage is switched off
  }
}

/** Keeps what was shown, never by whom. A recovery code or a password is no preference. */
export function rememberProof(kind: ProofKind): void {
  if (kind !== 'TOTP' && kind !== 'PASSKEY') return;
  try {
    localStorage.setItem(storageKey, kind);
  } catch {
    // Storage is switched off: the server's order counts.
  }
}
