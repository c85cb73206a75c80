import type { FieldError } from '$lib/api/form.svelte';

/** The origins of a text with one a line, and the line of each, counted from 1. */
export function readOrigins(text: string): { origins: string[]; lines: number[] } {
  const filled = text.split('\n').map((line, at) => ({ origin: line.trim(), line: at + 1 })).filter(({ origin }) => origin !== '');
  return { origins: filled.map(({ origin }) => origin), lines: filled.map(({ line }) => line) };
}

/** Errors of single origins at the one field that holds all of them; `say` names the line. */
export function atTheText(errors: readonly FieldError[], lines: readonly number[], say: (line: number, message: string) => string): FieldError[] {
  return errors.map((error) => {
    const position = /^origins\.(\d+)$/.exec(error.path)?.[1];
    if (position === undefined) return error;
    return { ...error, path: 'origins', message: say(lines[Number(position)] ?? Number(position) + 1, error.message) };
  });
}
