import { t } from '$lib/i18n/index.svelte';
import { readDevice } from '$lib/sessions/device';

/** "Firefox on Windows", as far as the client says. */
export function deviceName(userAgent: string): string {
  const { browser, system } = readDevice(userAgent);
  if (browser && system) return t('profile.deviceOn', { browser, system });
  return browser || system || t('profile.unknownDevice');
}

/** The device, and for a session at the service behind an access point, where: "Firefox on Windows, at Portal". */
export function sessionName({ userAgent, accessPoint }: { userAgent: string; accessPoint: { name: string } | null }): string {
  const device = deviceName(userAgent);
  return accessPoint ? t('profile.deviceAt', { device, door: accessPoint.name }) : device;
}
