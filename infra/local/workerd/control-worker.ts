interface Scheduled {
  scheduled(event: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
}

interface Bindings {
  [name: string]: Scheduled | string
  /** Known to the process that started the runtime and to nobody else. */
  CONTROL_KEY: string
}

/** Lets the local start call the `scheduled` handler of a function, which the platform does by its crons. */
const controlWorker = {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    if (request.headers.get('authorization') !== `Bearer ${env.CONTROL_KEY}`) return new Response(null, { status: 401 })
    const { searchParams } = new URL(request.url)
    const target = env[searchParams.get('function') ?? '']
    if (target === undefined || typeof target === 'string') return new Response(null, { status: 404 })
    const cron = searchParams.get('cron') ?? ''
    const { outcome } = await target.scheduled({ scheduledTime: new Date(), cron })
    return new Response(outcome, { status: outcome === 'ok' ? 200 : 500 })
  },
}

// biome-ignore lint/style/noDefaultExport: this is how a Worker gives its handlers
export default controlWorker
