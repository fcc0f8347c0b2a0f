import { createHmac } from 'node:crypto'

export interface SignedParts {
  /** The same in every attempt, so that the receiver can tell a message that arrives twice. */
  id: string
  /** Of this attempt: receivers refuse old ones. */
  timestampSeconds: number
  body: string
}

/**
 * The three headers of Standard Webhooks, which let the receiver check who sent a message, and when.
 *
 * @param secret `whsec_` and base64
 */
export function signMessage(secret: string, { id, timestampSeconds, body }: SignedParts): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${signature}`,
  }
}
