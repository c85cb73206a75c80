import { QueryClient } from '@tanstack/svelte-query';
import { ApiError } from './errors';

/** The cache of what was read. Only a lost connection is tried again: asking twice changes no other answer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => error instanceof ApiError && error.code === 'NETWORK' && failures < 2,
    },
  },
});
