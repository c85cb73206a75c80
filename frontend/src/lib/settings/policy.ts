/** The numbers of the policy, and the bounds of each. */
export const bounds = {
  passwordMinLength: { least: 12, most: 128 },
  sessionIdleMinutes: { least: 5, most: 1440 },
  sessionMaxHours: { least: 1, most: 720 },
} as const;

export type Bounded = keyof typeof bounds;

/** How many days a key may live, where that is bounded at all. */
export const keyBounds = { least: 1, most: 3650 };

export interface Policy extends Record<Bounded, number> {
  mfaForced: boolean;
  /** Null: for ever. */
  apiKeyMaxLifetimeDays: number | null;
}

/** What was typed as the longest life of keys: nothing for ever; undefined is wrong. */
export function readKeyDays(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= keyBounds.least && value <= keyBounds.most ? value : undefined;
}

/** What was typed, as a whole number within the bounds, or null. */
export function readBounded(name: Bounded, typed: string): number | null {
  const text = typed.trim();
  const value = Number(text);
  return /^\d+$/.test(text) && value >= bounds[name].least && value <= bounds[name].most ? value : null;
}

export type Consequence = 'forced' | 'unforced' | 'longer' | 'shorter' | 'idleShorter' | 'idleLonger' | 'maxShorter' | 'maxLonger';

/** What a change of the policy does, in the order of the form. */
export function consequences(before: Policy, after: Policy): Consequence[] {
  const said: Consequence[] = [];
  if (before.mfaForced !== after.mfaForced) said.push(after.mfaForced ? 'forced' : 'unforced');
  const tell = (name: Bounded, more: Consequence, less: Consequence) => {
    if (after[name] !== before[name]) said.push(after[name] > before[name] ? more : less);
  };
  tell('passwordMinLength', 'longer', 'shorter');
  tell('sessionIdleMinutes', 'idleLonger', 'idleShorter');
  tell('sessionMaxHours', 'maxLonger', 'maxShorter');
  return said;
}
