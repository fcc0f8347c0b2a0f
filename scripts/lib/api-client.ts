/** Answers of the API, as loosely typed as JSON is. */
// biome-ignore lint/suspicious/noExplicitAny: tests and benchmarks look into answers whose shape they assert themselves
export type Json = any

export interface Person {
  token: string
  get(path: string, headers?: Record<string, string>): Promise<Json>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Json>
  text(path: string): Promise<string>
}

/** Calls the API as a person would. @param base origin, without a path */
export function createApiClient(base: string) {
  async function send(
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: object } = {},
  ) {
    const { token, body, headers } = options
    const answer = await fetch(base + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    return text
  }

  const as = ({ token }: { token: string }): Person => ({
    token,
    get: async (path, headers = {}) => JSON.parse(await send('GET', path, { token, headers })),
    post: async (path, body, headers = {}) => JSON.parse(await send('POST', path, { token, body, headers })),
    text: (path) => send('GET', path, { token }),
  })

  return {
    as,
    /** A new account with so many credits. */
    async register(credits: number): Promise<Person> {
      const id = crypto.randomUUID()
      const body = { name: 'Test', email: `${id}@example.com`, password: `Passw0rd-${id}` }
      await send('POST', '/sign_up', { body })
      const { access_token: token } = JSON.parse(await send('POST', '/sign_in', { body }))
      const person = as({ token })
      await person.post('/balance', { new_amount: credits })
      return person
    },
    /** Until somebody answers, after a crash or a start. */
    async untilReachable(): Promise<void> {
      for (let tries = 0; tries < 600; tries++) {
        const answer = await fetch(`${base}/health`).catch(() => undefined)
        await answer?.arrayBuffer()
        if (answer?.ok) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`nobody answers at ${base}`)
    },
  }
}
