import { Secret, TOTP } from 'otpauth';

/** An authenticator app. A code is good once, so it hands out each only once and moves on by time steps. */
export class Authenticator {
  private readonly totp: TOTP;
  private lastStep = 0;

  constructor(secret: string) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/\s/g, '')) });
  }

  /** The next code that the server has not seen: the present one, or the one after it, which one step of skew allows. */
  code(): string {
    const step = Math.max(Math.floor(Date.now() / 30_000), this.lastStep + 1);
    this.lastStep = step;
    return this.totp.generate({ timestamp: step * 30_000 });
  }
}
