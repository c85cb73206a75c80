/** A message in the form that the count asks for: `{ one: '{count} user', other: '{count} users' }` (Intl.PluralRules). */
export type Plural = Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & { other: string };

/** One area of a catalogue, such as `users`: flat, so that a key is `users.title`. */
export type Area = Readonly<Record<string, string | Plural>>;

/**
 * What another language must have for an area of the English one: the same keys, and a plural where English has one.
 * A missing or superfluous key does not build.
 */
export type Translation<T extends Area> = { readonly [K in keyof T]: T[K] extends string ? string : Plural };

/** The names between braces in a message. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What a message must be given, read from its English text. */
export type Parameters<M> = M extends string
  ? Record<Names<M>, string | number>
  : M extends { other: infer Other extends string }
    ? Record<Names<Other>, string | number> & { count: number }
    : never;

/** `area.key` for every message of a catalogue. */
export type Key<C extends Record<string, Area>> = {
  [A in keyof C & string]: `${A}.${keyof C[A] & string}`;
}[keyof C & string];

/** The English message behind `area.key`. */
export type Message<C extends Record<string, Area>, K extends string> = K extends `${infer A}.${infer M}` ? C[A][M] : never;
