import { describe, expect, test } from 'vitest';
import { credentialJSON } from './json';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;
const encoded = (...values: number[]) => Buffer.from(values).toString('base64url');

/** A credential as a password manager shows it: no object of the browser's, and functions that throw. */
const shown = (response: object, more: object = {}) => ({
  type: 'public-key',
  id: 'x',
  rawId: bytes(251, 255),
  response: { clientDataJSON: bytes(123, 125), ...response },
  toJSON() {
    throw new TypeError('Illegal invocation');
  },
  getClientExtensionResults: () => ({ credProps: { rk: true } }),
  ...more,
});

describe('credentialJSON', () => {
  test('writes what was made, without calling what throws', () => {
    const made = shown({
      attestationObject: bytes(1, 2, 3),
      getTransports() {
        throw new TypeError('Illegal invocation');
      },
      getPublicKey() {
        throw new TypeError('Illegal invocation');
      },
    });
    expect(credentialJSON(made)).toEqual({
      id: encoded(251, 255),
      rawId: encoded(251, 255),
      type: 'public-key',
      response: { clientDataJSON: encoded(123, 125), attestationObject: encoded(1, 2, 3) },
      clientExtensionResults: {},
    });
  });

  test('writes what was signed, with views of buffers, without an empty user handle', () => {
    const signed = shown({
      authenticatorData: new Uint8Array([9, 1, 2, 9]).subarray(1, 3),
      signature: bytes(62, 63),
      userHandle: null,
    });
    expect(credentialJSON(signed)).toMatchObject({
      response: { clientDataJSON: encoded(123, 125), authenticatorData: encoded(1, 2), signature: encoded(62, 63) },
    });
    expect(credentialJSON(signed)).not.toHaveProperty('response.userHandle');
  });

  test('keeps the transports that are texts', () => {
    const made = shown({ attestationObject: bytes(1), getTransports: () => ['internal', 7] });
    expect(credentialJSON(made)).toMatchObject({ response: { transports: ['internal'] } });
  });

  test.each([null, {}, { type: 'password' }, { type: 'public-key', response: null }, shown({}, { rawId: undefined })])(
    'makes nothing of %o',
    (credential) => {
      expect(credentialJSON(credential)).toBeNull();
    },
  );
});
