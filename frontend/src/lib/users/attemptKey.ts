/**
 * The idempotency key of a form: the same for the same input, so that sending it again after a lost answer creates nothing
 * twice; another for another input.
 */
export class AttemptKey {
  #key = '';
  #input = '';

  for(input: unknown): string {
    const text = JSON.stringify(input);
    if (text !== this.#input) {
      this.#input = text;
      this.#key = randomKey();
    }
    return this.#key;
  }
}

/** 128 random bits in hex. crypto.randomUUID is missing where the page does not come over HTTPS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
