import { expect, test } from 'vitest';
import { curlExample, envName } from './env';

test('the file is named after the user, without what a shell would stumble over', () => {
  expect(envName('acme/whmcs')).toBe('acme-whmcs');
  expect(envName("acme/o'neil @x")).toBe('acme-o-neil-x');
});

test('the example takes the key from the file, so that it stays out of the history of the shell', () => {
  const example = curlExample('https://gatehouse.example', 'acme-whmcs');
  expect(example).toContain('. ./acme-whmcs.env');
  expect(example).toContain('Authorization: ApiKey $GATEHOUSE_API_KEY');
  expect(example).not.toContain('gatekey_');
});
