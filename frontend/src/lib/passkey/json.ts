/**
 * A credential as the JSON of RegistrationResponseJSON or AuthenticationResponseJSON, written here and not by its `toJSON`: that
 * of the browser throws on the objects that password managers put in place of the browser's. What Gatehouse does not verify,
 * such as the results of extensions, is left out.
 */
export function credentialJSON(credential: unknown): object | null {
  if (!isRecord(credential) || credential.type !== 'public-key' || !isRecord(credential.response)) return null;
  const { response } = credential;
  const id = base64url(credential.rawId);
  const json: Record<string, unknown> = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    // What attestationObject has, a created credential repeats in functions only.
    const value = base64url(response[name]);
    if (value) json[name] = value;
  }
  const transports = transportsOf(response);
  if (transports.length > 0) json.transports = transports;
  if (!id || !json.clientDataJSON) return null;
  return { id, rawId: id, type: 'public-key', response: json, clientExtensionResults: {} };
}

/** Ways to reach the authenticator, where the answer can be asked for them. */
function transportsOf(response: Record<string, unknown>): string[] {
  try {
    const transports: unknown = typeof response.getTransports === 'function' ? response.getTransports() : [];
    return Array.isArray(transports) ? transports.filter((each) => typeof each === 'string') : [];
  } catch {
    return []; // a hint only
  }
}

/** The bytes of a buffer, of whatever window it comes from. */
function base64url(value: unknown): string {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : Object.prototype.toString.call(value) === '[object ArrayBuffer]'
      ? new Uint8Array(value as ArrayBuffer)
      : new Uint8Array();
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
