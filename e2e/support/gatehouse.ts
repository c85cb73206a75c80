import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { promisify } from 'node:util';

const program = path.resolve(import.meta.dirname, process.env.GATEHOUSE_PROGRAM ?? '../../.build/gatehouse');

/** A server of its own with an empty database, which believes X-Forwarded-For of the loopback. */
export class Gatehouse {
  private constructor(
    readonly url: string,
    readonly data: string,
    private readonly port: number,
    private readonly process: ChildProcess,
    private readonly log: string[],
  ) {}

  /** The public host is written as an operator would; `url` is what a browser makes of it. */
  static async start(options: { smtp?: string; publicHost?: string; prepare?: (data: string) => Promise<void> } = {}): Promise<Gatehouse> {
    const data = await mkdtemp(path.join(tmpdir(), 'gatehouse-e2e-'));
    await options.prepare?.(data);
    const port = await freePort();
    const publicHost = options.publicHost ?? 'localhost';
    const url = new URL(`http://${publicHost.replace(/\.$/, '')}:${port}`).origin;
    const flags = [
      'serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--public-url', `http://${publicHost}:${port}`, '--metrics-listen', '',
      '--trusted-proxy', '127.0.0.1', '--trusted-proxy', '::1',
      ...(options.smtp ? ['--smtp', options.smtp] : []),
    ];
    const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    const log: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    const server = new Gatehouse(url, data, port, child, log);
    await server.ready();
    return server;
  }

  /** Runs a subcommand on a data folder, with what it reads from standard input, and returns what it printed. */
  static async command(data: string, args: string[], input = ''): Promise<string> {
    const running = promisify(execFile)(program, [...args, '--data', data]);
    running.child.stdin?.end(input);
    return (await running).stdout;
  }

  /** Makes the last proof of the session that a page is in older: no test can wait an hour. */
  async ageProof(page: Page, minutes: number): Promise<void> {
    const session = (await page.context().cookies()).find((cookie) => cookie.name === 'gatehouse_session');
    const args = ['run', './support/ageproof', `sqlite:${path.join(this.data, 'gatehouse.db')}`, String(minutes)];
    const running = promisify(execFile)('go', args, { cwd: path.resolve(import.meta.dirname, '..') });
    running.child.stdin?.end(session?.value ?? '');
    await running;
  }

  /** The link to create the first account, from the file that the log names. */
  async setUpLink(): Promise<string> {
    return (await readFile(path.join(this.data, 'setup-link'), 'utf8')).trim();
  }

  /** What the server has logged so far. */
  logged(): string {
    return this.log.join('');
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    await rm(this.data, { recursive: true, force: true });
    if (this.process.exitCode !== 0) throw new Error(`gatehouse ended with ${this.process.exitCode}:\n${this.logged()}`);
  }

  private async ready(): Promise<void> {
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      if (this.process.exitCode !== null) break;
      try {
        if ((await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok) return;
      } catch {
        // not listening yet
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`gatehouse did not start:\n${this.logged()}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
