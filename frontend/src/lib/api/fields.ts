/** Names of the fields in which a form differs from what it began with, in the order of the form. */
export function differing<F extends object>(before: F, after: F): (keyof F)[] {
  return (Object.keys(before) as (keyof F)[]).filter((name) => text(before[name]) !== text(after[name]));
}

/**
 * The fields of a form after somebody else's change: what was typed over `before` stays, and theirs stands where nothing
 * was.
 */
export function rebase<F extends object>(before: F, typed: F, theirs: F): F {
  const mine = differing(before, typed).map((name) => [name, typed[name]]);
  return { ...theirs, ...Object.fromEntries(mine) };
}

/** A list is the same in whatever order, a text with whatever spaces around it. */
function text(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((each) => JSON.stringify(each)).toSorted());
  return JSON.stringify(typeof value === 'string' ? value.trim() : value);
}
