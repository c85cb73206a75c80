import { expect, type Page } from '@playwright/test';
import type { Credentials } from './client.ts';
import { Authenticator } from './totp.ts';

/** Fills in the sign-in form that is on the screen, sends it, and waits for the answer. */
export async function signIn(page: Page, { account, loginName, password }: Credentials): Promise<void> {
  await page.getByRole('textbox', { name: 'Account' }).fill(account);
  await page.getByRole('textbox', { name: 'Login name' }).fill(loginName);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  const answer = page.waitForResponse('/graphql');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await answer;
}

/** Types a code of the app; the sixth digit sends it. */
export async function showCode(page: Page, authenticator: Authenticator): Promise<void> {
  await page.getByRole('textbox', { name: 'Code from the app' }).fill(authenticator.code());
}

/** Begins to enrol an authenticator app on the page that asks for one, and types its key into the app. */
export async function scan(page: Page): Promise<Authenticator> {
  await page.getByRole('radio', { name: /^Authenticator app/ }).check();
  await page.getByRole('button', { name: 'Show the code to scan' }).click();
  return new Authenticator((await page.locator('code.key').textContent())!);
}

/** Enrols an authenticator app on the page that asks for one, keeps the recovery codes, and goes on. */
export async function enrol(page: Page): Promise<{ authenticator: Authenticator; recoveryCodes: string[] }> {
  const authenticator = await scan(page);
  await showCode(page, authenticator);
  return { authenticator, recoveryCodes: await keepCodes(page) };
}

/** Makes a passkey on the page that asks for a second factor, keeps the recovery codes, and goes on. */
export async function enrolPasskey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await keepCodes(page);
}

async function keepCodes(page: Page): Promise<string[]> {
  await expect(page.getByRole('heading', { level: 1, name: 'Save your recovery codes' })).toBeFocused();
  const recoveryCodes = await page.getByRole('list').filter({ hasText: /^\S+-\S+/ }).getByRole('listitem').allTextContents();
  expect(recoveryCodes).toHaveLength(10);
  await page.getByRole('checkbox', { name: 'I have saved these codes' }).check();
  await page.getByRole('button', { name: 'Go to the domain manager' }).click();
  return recoveryCodes;
}

/** Signs out, from anywhere within the wall. */
export async function signOut(page: Page, qualifiedName: string): Promise<void> {
  await pressSignOut(page, qualifiedName);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
}

export async function pressSignOut(page: Page, qualifiedName: string): Promise<void> {
  await page.getByRole('button', { name: qualifiedName }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** The page knows who is signed in and shows the wall. */
export async function expectInside(page: Page, qualifiedName: string): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: qualifiedName })).toBeVisible();
}
