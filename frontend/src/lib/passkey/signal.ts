/**
 * Tells this browser's password managers that a passkey of the user is gone, so that they no longer offer it. Where they
 * cannot be told, it goes on standing there and opens nothing.
 */
export async function forgetPasskey(userId: string, removed: string, remaining: readonly string[]): Promise<void> {
  if (typeof PublicKeyCredential !== 'function') return;
  const rpId = location.hostname;
  try {
    await PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId: removed });
    await PublicKeyCredential.signalAllAcceptedCredentials?.({
      rpId,
      userId: userHandle(userId),
      allAcceptedCredentialIds: [...remaining],
    });
  } catch {
    // The browser may refuse; nothing that was done depends on it.
  }
}

/** The WebAuthn user handle: the bytes of the user's ID, in base64url. */
export function userHandle(userId: string): string {
  return btoa(userId).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
