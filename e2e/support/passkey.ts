import type { CDPSession, Page } from '@playwright/test';

/** A passkey as the browser's tools describe it. */
type Credential = Awaited<ReturnType<PasskeyDevice['passkeys']>>[number];

/** A device that keeps passkeys, plugged into a page; it verifies its user and answers at once. */
export class PasskeyDevice {
  private constructor(
    private readonly tools: CDPSession,
    private readonly authenticatorId: string,
    /** Credential IDs of the passkeys that a page has told the device to forget. */
    readonly forgotten: string[],
  ) {}

  static async plug(page: Page): Promise<PasskeyDevice> {
    const tools = await page.context().newCDPSession(page);
    await tools.send('WebAuthn.enable');
    const { authenticatorId } = await tools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const forgotten: string[] = [];
    tools.on('WebAuthn.credentialDeleted', ({ credentialId }) => forgotten.push(credentialId));
    return new PasskeyDevice(tools, authenticatorId, forgotten);
  }

  async passkeys() {
    return (await this.tools.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId })).credentials;
  }

  /** Puts a passkey onto the device, in place of the one with the same ID. */
  async put(passkey: Credential): Promise<void> {
    const { authenticatorId } = this;
    const { credentialId } = passkey;
    if ((await this.passkeys()).some((each) => each.credentialId === credentialId)) {
      await this.tools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    }
    await this.tools.send('WebAuthn.addCredential', { authenticatorId, credential: passkey });
  }

  /** From now on the user is recognised, or is not: a wrong finger, or the request closed. */
  async recognise(isUserVerified: boolean): Promise<void> {
    await this.tools.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }
}

/** For a browser that offers no passkeys in the list of a field: nothing happens before the button is pressed. */
export async function withoutPasskeysInField(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}
