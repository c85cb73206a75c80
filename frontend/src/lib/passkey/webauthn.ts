/**
 * Asks the browser for passkeys (WebAuthn level 3). The server's options go in and the authenticator's answer comes out as
 * JSON.
 */

import { credentialJSON } from './json';

/** Why no passkey came. The browser tells few reasons apart, so that no page learns who has a passkey. */
export type PasskeyFailure =
  /** This page took the request back: another one came, or its time was up. */
  | 'CANCELLED'
  /** The user closed the request, let it run out of time, or has no passkey for it. */
  | 'NOT_ALLOWED'
  /** The authenticator already holds a passkey of this user. */
  | 'ALREADY_REGISTERED'
  /** The authenticator cannot keep passkeys, or cannot verify its user. */
  | 'UNSUPPORTED'
  | 'FAILED';

/** The answer of an authenticator as JSON, or why there is none. */
export type Outcome = { credential: unknown; failure?: never } | { failure: PasskeyFailure; credential?: never };

/** Whether this browser can use passkeys at this address: not over HTTP, but on localhost. */
export function passkeysSupported(): boolean {
  return typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';
}

/** Whether the browser can offer passkeys in the list of a text field. */
export async function passkeysInFieldSupported(): Promise<boolean> {
  return passkeysSupported() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** Makes a passkey. `options`: PublicKeyCredentialCreationOptionsJSON. */
export function createPasskey(options: unknown): Promise<Outcome> {
  return alone((signal) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
    return navigator.credentials.create({ publicKey, signal });
  });
}

/** Has a passkey shown, in a dialog of the browser. `options`: PublicKeyCredentialRequestOptionsJSON. */
export function showPasskey(options: unknown): Promise<Outcome> {
  return alone((signal) => navigator.credentials.get({ publicKey: requestOptions(options), signal }));
}

/** Offers passkeys in the list of the field with `autocomplete="… webauthn"`, until one is chosen or `until` ends it. */
export function offerPasskeys(options: unknown, until: AbortSignal): Promise<Outcome> {
  return alone((signal) =>
    navigator.credentials.get({
      publicKey: requestOptions(options),
      mediation: 'conditional',
      signal: AbortSignal.any([signal, until]),
    }),
  );
}

/** Takes back the request that is under way, if any. */
export function cancelPasskey(): void {
  latest.abort();
}

/** What an error of the browser means. */
export function failureOf(error: unknown): PasskeyFailure {
  switch (error instanceof DOMException && error.name) {
    case 'AbortError':
    case 'TimeoutError': // of AbortSignal.timeout; the browser's own time limit is a NotAllowedError
      return 'CANCELLED';
    case 'NotAllowedError':
      return 'NOT_ALLOWED';
    case 'InvalidStateError':
      return 'ALREADY_REGISTERED';
    case 'NotSupportedError':
    case 'ConstraintError':
      return 'UNSUPPORTED';
    default:
      return 'FAILED';
  }
}

function requestOptions(options: unknown): PublicKeyCredentialRequestOptions {
  return PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
}

let latest = new AbortController();
let ended: Promise<unknown> = Promise.resolve();

/** A browser refuses a request while another one is under way: the earlier one is taken back, and has ended, first. */
function alone(ask: (signal: AbortSignal) => Promise<Credential | null>): Promise<Outcome> {
  latest.abort();
  const { signal } = (latest = new AbortController());
  const outcome = ended.then(() => outcomeOf(ask, signal));
  ended = outcome;
  return outcome;
}

async function outcomeOf(ask: (signal: AbortSignal) => Promise<Credential | null>, signal: AbortSignal): Promise<Outcome> {
  try {
    const credential = credentialJSON(await ask(signal));
    return credential ? { credential } : { failure: 'FAILED' };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
