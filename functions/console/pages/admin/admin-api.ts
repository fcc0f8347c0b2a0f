import type { z } from '@hono/zod-openapi'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyView } from '../../../auth/api-key-view.ts'
import type { UserView } from '../../../auth/user-view.ts'
import type { DeadLetterView } from '../../../metrics/dead-letter-view.ts'
import type { DeliveryView } from '../../../predict/delivery-view.ts'
import type { WebhookView } from '../../../predict/webhook-view.ts'
import { ApiError, call, NetworkError } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export type ApiKey = z.infer<typeof ApiKeyView>
export type User = z.infer<typeof UserView>
export type Role = User['role']
export type Webhook = z.infer<typeof WebhookView>
export type Delivery = z.infer<typeof DeliveryView>
export type DeadLetter = z.infer<typeof DeadLetterView>

export const ROLES: readonly Role[] = ['user', 'expert', 'admin']

/** Names under which the lists of these pages are kept. */
export const adminKeys = {
  apiKeys: ['api_keys'] as const,
  webhooks: ['webhooks'] as const,
  deliveries: (endpointId: string) => ['webhooks', endpointId, 'deliveries'] as const,
  users: ['users'] as const,
  deadLetters: ['dead_letters'] as const,
}

/** Does something, and asks anew for what it changed. */
export function useChange<Input, Answer>(change: (input: Input) => Promise<Answer>, changed: readonly unknown[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: changed }),
  })
}

export interface Health {
  status: 'up' | 'down'
  checks: Record<string, { status: 'up' | 'down'; latency_ms: number }>
}

/** The answer that something is down is an answer, too, though its status says that it failed. */
async function readHealth(signal: AbortSignal): Promise<Health> {
  const response = await fetch('/health', { signal, headers: { accept: 'application/json' } }).catch(
    (cause: unknown) => {
      throw signal.aborted ? cause : new NetworkError(cause)
    },
  )
  const answer: Health | { detail?: string } = await response.json().catch(() => ({}))
  if ('checks' in answer) return answer
  throw new ApiError(response.status, answer)
}

export function useHealth(everyMs: number | false) {
  return useQuery({
    queryKey: keys.health,
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: everyMs,
    retry: false,
  })
}

export const setRole = ({ id, role }: { id: string; role: Role }) =>
  call<User>(`/users/${id}/role`, { method: 'PUT', body: { role } })

export const setPrice = ({ name, price }: { name: string; price: number }) =>
  call(`/predictors/${encodeURIComponent(name)}`, { method: 'PATCH', body: { price } })

export const retryDeadLetter = (id: string) => call(`/dead_letters/${encodeURIComponent(id)}/retry`, { method: 'POST' })

export const deleteDeadLetter = (id: string) => call(`/dead_letters/${encodeURIComponent(id)}`, { method: 'DELETE' })

export const redeliver = ({ endpointId, deliveryId }: { endpointId: string; deliveryId: string }) =>
  call<Delivery>(`/webhooks/${endpointId}/deliveries/${deliveryId}/redeliver`, { method: 'POST' })
