/** How a time is best told: relative while it is near, then by its day, then by its date. `value` is below 0 in the past. */
export type When = { kind: 'now' } | { kind: 'minutes' | 'day'; value: number } | { kind: 'year' | 'older' };

const minute = 60_000;
const day = 24 * 60 * minute;

/** Both in milliseconds; days and years are those of the browser's time zone. */
export function whenParts(time: number, now: number): When {
  const away = time - now;
  if (Math.abs(away) < minute) return { kind: 'now' };
  if (Math.abs(away) < 60 * minute) return { kind: 'minutes', value: Math.trunc(away / minute) };
  const days = daysAway(time, now);
  if (Math.abs(days) <= 1) return { kind: 'day', value: days };
  return { kind: new Date(time).getFullYear() === new Date(now).getFullYear() ? 'year' : 'older' };
}

/** How long ago a time was, in the largest unit that fits; `value` is never above 0. Both in milliseconds. */
export function agoParts(time: number, now: number): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const minutes = Math.max(0, Math.floor((now - time) / minute));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return { value: 0 - minutes, unit: 'minute' };
  return hours < 24 ? { value: 0 - hours, unit: 'hour' } : { value: 0 - Math.floor(hours / 24), unit: 'day' };
}

/** Days of the calendar from one time to another; below 0 in the past. */
export function daysAway(time: number, now: number): number {
  return Math.round((midnight(time) - midnight(now)) / day);
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
