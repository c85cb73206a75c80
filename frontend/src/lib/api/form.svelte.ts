import { tick } from 'svelte';
import { t } from '$lib/i18n/index.svelte';
import { ApiError } from './errors';
import type { UserErrorCode } from './generated/graphql';

/** What a person can put right at one place of a form. */
export interface FieldError {
  /** Path of the input field with dots, without "input": `loginName`, `newWhitelist.entries.2.cidr`; empty for the form as a whole. */
  path: string;
  message: string;
  code: UserErrorCode;
}

interface UserError {
  code: UserErrorCode;
  field: readonly string[];
  message: string;
}

interface Payload {
  userErrors: readonly UserError[];
}

/**
 * A form over one input object. A control takes `id={form.id('loginName')}` and `error={form.error('loginName')}`, and
 * <ErrorSummary {form} /> stands on top: what the server says about a field then stands at that field.
 */
export class Form {
  busy = $state(false);
  /** What the fields are told. */
  errors = $state.raw<readonly FieldError[]>([]);
  /** Why the last try came to nothing as a whole. */
  failure = $state.raw<ApiError | null>(null);
  /** The element of the summary, which takes the focus. */
  summary = $state<HTMLElement | null>(null);

  /** The name stands before every id, so that two forms can stand on one page. */
  constructor(readonly name: string) {}

  id(path: string): string {
    return `${this.name}-${path.replaceAll('.', '-')}`;
  }

  /** What is wrong with a field, for its `error`. */
  error(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }

  code(path: string): UserErrorCode | undefined {
    return this.errors.find((error) => error.path === path)?.code;
  }

  /** Takes back what a field was told, once it is being corrected. */
  clear(path: string): void {
    if (this.error(path) !== undefined) this.errors = this.errors.filter((error) => error.path !== path);
  }

  /** Whether every named field has been filled in; tells those that are not, and moves the focus to the summary. */
  async require(values: Record<string, string | readonly unknown[]>): Promise<boolean> {
    const missing = Object.keys(values).filter((path) => values[path]!.length === 0);
    await this.tell(missing.map((path) => ({ path, message: t('common.required'), code: 'REQUIRED' })));
    return missing.length === 0;
  }

  /** Shows errors at their fields; the summary takes the focus. */
  async tell(errors: readonly FieldError[]): Promise<void> {
    this.failure = null;
    this.errors = errors;
    await this.#focusSummary();
  }

  /**
   * Sends the form and shows what came back. Answers the payload when the change was made, else null. A second call while
   * the first is under way does nothing.
   */
  async submit<P extends Payload>(send: () => Promise<P | null | undefined>): Promise<P | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      const payload = await send();
      if (!payload) throw new ApiError('INTERNAL');
      await this.tell(payload.userErrors.map(fieldError));
      return payload.userErrors.length === 0 ? payload : null;
    } catch (error) {
      await this.#fail(error);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) throw error;
    this.errors = [];
    this.failure = error.code === 'CANCELLED' ? null : error;
    await this.#focusSummary();
  }

  async #focusSummary(): Promise<void> {
    if (this.errors.length === 0 && !this.failure) return;
    await tick();
    this.summary?.focus();
  }
}

function fieldError({ code, field, message }: UserError): FieldError {
  return { path: field.slice(field[0] === 'input' ? 1 : 0).join('.'), message, code };
}
