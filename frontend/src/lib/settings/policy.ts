/** The numbers of the policy, and the bounds of each. */
export const bounds = {
  passwordMinLength: { least: 12, most: 128 },
  sessionIdleMinutes: { least: 5, most: 1440 },
  sessionMaxHours: { least: 1, most: 720 },
  apiKeyMaxLifetimeDays: { least: 1, most: 3650 },
} as const;

export type Bounded = keyof typeof bounds;

/** How long keys may live is the one that can be left open. */
export interface Policy extends Record<Exclude<Bounded, 'apiKeyMaxLifetimeDays'>, number> {
  mfaForced: boolean;
  /** Null: for ever. */
  apiKeyMaxLifetimeDays?: number | null;
}

/** What was typed, as a whole number within the bounds, or null. */
export function readBounded(name: Bounded, typed: string): number | null {
  const text = typed.trim();
  const value = Number(text);
  return /^\d+$/.test(text) && value >= bounds[name].least && value <= bounds[name].most ? value : null;
}

export type Consequence = 'forced' | 'unforced' | 'longer' | 'shorter' | 'idleShorter' | 'idleLonger' | 'maxShorter' | 'maxLonger' | 'keysShorter' | 'keysLonger' | 'keysForEver';

/** What a change of the policy does, in the order of the form. */
export function consequences(before: Policy, after: Policy): Consequence[] {
  const said: Consequence[] = [];
  if (before.mfaForced !== after.mfaForced) said.push(after.mfaForced ? 'forced' : 'unforced');
  const tell = (name: Exclude<Bounded, 'apiKeyMaxLifetimeDays'>, more: Consequence, less: Consequence) => {
    if (after[name] !== before[name]) said.push(after[name] > before[name] ? more : less);
  };
  tell('passwordMinLength', 'longer', 'shorter');
  tell('sessionIdleMinutes', 'idleLonger', 'idleShorter');
  tell('sessionMaxHours', 'maxLonger', 'maxShorter');
  const [was, is] = [before.apiKeyMaxLifetimeDays ?? Infinity, after.apiKeyMaxLifetimeDays ?? Infinity];
  if (is !== was) said.push(is === Infinity ? 'keysForEver' : is > was ? 'keysLonger' : 'keysShorter');
  return said;
}
