/** What a client calls itself, as a person would: `Firefox` on `Windows`. Empty where it does not say. */
export interface Device {
  browser: string;
  system: string;
  phone: boolean;
}

// The order matters: browsers call themselves also by the names of those that they descend from.
const browsers: readonly [string, RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+.*Safari\//],
];
const systems: readonly [string, RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\bLinux\b/],
];

export function readDevice(userAgent: string): Device {
  const find = (known: readonly [string, RegExp][]) => known.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? '';
  const tool = /^([\w.-]+)\/[\d.]+/.exec(userAgent)?.[1] ?? '';
  const browser = find(browsers) || (tool === 'Mozilla' ? '' : tool);
  return { browser, system: find(systems), phone: /\biPhone\b|\bAndroid\b.*\bMobile\b/.test(userAgent) };
}
