import { version } from '#shared/version.ts'

/** What came of an attempt to send: an HTTP status, or why there was none. */
export type Answer =
  | { status: number; reason: null; retryAfterMs: number | undefined }
  | { status: null; reason: 'timeout' | 'unreachable' }

/**
 * Posts a message and waits for the status, of which alone anything is said: the answer's body is not read.
 *
 * @param timeLimit aborts the attempt
 */
export async function postWebhook(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  timeLimit: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': `Auspex-Webhooks/${version}` },
      body,
      redirect: 'manual',
      signal: timeLimit,
    })
    // Whoever answered slowly has answered, whatever becomes of the rest.
    await response.body?.cancel().catch(() => {})
    return { status: response.status, reason: null, retryAfterMs: retryAfterMs(response) }
  } catch {
    return { status: null, reason: timeLimit.aborted ? 'timeout' : 'unreachable' }
  }
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const waitMs = Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return waitMs >= 0 ? waitMs : undefined
}
