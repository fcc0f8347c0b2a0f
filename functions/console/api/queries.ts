import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './call.ts'
import { keys } from './keys.ts'

/** What the server answered stays for a while; what it refused is not asked again by itself. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status < 500),
      retryDelay: (failure) => Math.min(500 * 2 ** failure, 8_000),
    },
  },
})

/** Somebody else has come: what the one before has seen is not theirs. Who they are stays known. */
export function forgetWhatWasSeen() {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.profile[0] })
}
