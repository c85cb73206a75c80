import { createQuery, keepPreviousData } from '@tanstack/svelte-query';
import { ApiError } from './errors';
import type { TypedDocumentString } from './generated/graphql';
import { request } from './request';

/** Something read from the server; every member is reactive. */
export interface Loaded<T> {
  /** Undefined until the first answer, and after an error without one. */
  readonly data: T | undefined;
  readonly error: ApiError | null;
  /** Nothing to show yet: time for a skeleton. */
  readonly pending: boolean;
  /** Something is shown, and a newer answer is on its way. */
  readonly refreshing: boolean;
  /** Whether the field is null because the viewer has no permission for it: `forbidden('users')`. */
  forbidden(path: string): boolean;
  reload(): void;
}

interface QueryOptions {
  /** False holds the question back. */
  enabled?: () => boolean;
  /** While other variables load, go on showing the earlier answer: for lists with filters and pages. */
  keep?: boolean;
}

/** Reads while the component lives, again whenever the variables change. Call it while the component is being made. */
export function query<T, V>(
  document: TypedDocumentString<T, V>,
  variables: () => V,
  { enabled = () => true, keep = false }: QueryOptions = {},
): Loaded<T> {
  const result = createQuery(() => ({
    queryKey: [document.toString(), variables()],
    queryFn: ({ signal }) => request(document, variables(), signal),
    enabled: enabled(),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  }));
  /** Without a connection no answer is on its way, and an earlier one with other variables is not what is asked. */
  const offline = $derived(result.isPaused && (result.isPending || result.isPlaceholderData));
  return {
    get data() {
      return offline ? undefined : result.data?.data;
    },
    get error() {
      if (offline) return new ApiError('NETWORK');
      return result.error instanceof ApiError && result.error.code !== 'CANCELLED' ? result.error : null;
    },
    get pending() {
      return result.isPending && !offline;
    },
    get refreshing() {
      return result.isFetching && !result.isPending;
    },
    forbidden: (path) => (!offline && result.data?.forbidden.includes(path)) ?? false,
    reload: () => void result.refetch(),
  };
}
