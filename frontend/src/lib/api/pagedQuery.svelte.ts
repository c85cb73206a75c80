import { untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import { t } from '$lib/i18n/index.svelte';
import { changedAddress, pageArguments, type PageArguments } from '$lib/state/address';
import { toast } from '$lib/state/toasts.svelte';
import type { TypedDocumentString } from './generated/graphql';
import { query, type Loaded } from './query.svelte';

interface PagedOptions {
  size?: number;
  /** Before the names of the parameters, where another list of the same page has the plain ones. */
  prefix?: string;
  enabled?: () => boolean;
}

/**
 * The page of a list that the address says, with the earlier page shown while another loads. An address that was kept may have a
 * cursor of an earlier version, or of another filter or order, which the server refuses: then the list starts at its first page.
 */
export function pagedQuery<T, V>(
  document: TypedDocumentString<T, V>,
  variables: (at: PageArguments) => V,
  { size, prefix = '', enabled }: PagedOptions = {},
): Loaded<T> {
  const loaded = query(document, () => variables(pageArguments(page.url.searchParams, size, prefix)), { keep: true, ...(enabled ? { enabled } : {}) });
  const stale = $derived(loaded.error?.argument === 'after' || loaded.error?.argument === 'before');
  $effect(() => {
    if (stale) untrack(startAgain);
  });
  function startAgain() {
    const first = changedAddress(page.url, { [`${prefix}after`]: null, [`${prefix}before`]: null });
    void goto(first, { replaceState: true, keepFocus: true, noScroll: true });
    toast(t('common.firstPage'));
  }
  return {
    get data() {
      return loaded.data;
    },
    get error() {
      return stale ? null : loaded.error;
    },
    get pending() {
      return loaded.pending || stale;
    },
    get refreshing() {
      return loaded.refreshing;
    },
    forbidden: loaded.forbidden,
    reload: loaded.reload,
  };
}
