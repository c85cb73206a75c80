import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server on the loopback that takes everything but what a test says, and keeps it. */
export class Mailbox {
  private readonly mails: { to: string[]; mail: Email }[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly refused = new Map<string, string>();

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<Mailbox> {
    let mailbox: Mailbox;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo({ address }, _session, done) {
        const answer = mailbox.refused.get(address);
        if (!answer) return done();
        done(Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) }));
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            mailbox.take(session.envelope.rcptTo.map((to) => to.address), mail);
            done();
          });
        });
      },
    });
    mailbox = new Mailbox(server);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return mailbox;
  }

  get address(): string {
    const address = this.server.server.address();
    if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
    return `smtp://127.0.0.1:${address.port}?tls=none`;
  }

  /** Has mails to an address refused, "550 5.1.1 No such user", or taken again. */
  refuse(address: string, answer: string | null): void {
    if (answer) this.refused.set(address, answer);
    else this.refused.delete(address);
  }

  /** The first mail to an address whose subject matches, waiting for it if need be. */
  async mail(to: string, subject: RegExp): Promise<Email> {
    const end = AbortSignal.timeout(20_000);
    for (;;) {
      const found = this.mails.find((m) => m.to.includes(to) && subject.test(m.mail.subject ?? ''));
      if (found) return found.mail;
      await new Promise<void>((resolve, reject) => {
        this.waiting.add(resolve);
        end.addEventListener('abort', () => reject(new Error(`no mail to ${to} with ${subject}; got ${this.list()}`)), { once: true });
      });
    }
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private take(to: string[], mail: Email): void {
    this.mails.push({ to, mail });
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private list(): string {
    return this.mails.map((m) => `${m.to.join()}: ${m.mail.subject}`).join('; ') || 'none';
  }
}

/** The link in a mail that leads to a page of the server. */
export function linkIn(mail: Email, server: string): string {
  const link = mail.text?.match(new RegExp(`${server}/\\S+`))?.[0];
  if (!link) throw new Error(`no link to ${server} in: ${mail.text}`);
  return link;
}
