import type { Broker } from './broker.ts'
import type { HeaderMap } from './publish-options.ts'
import { destinationOf } from './publish-routes.ts'
import type { ApiReply, Handler, Routes } from './router.ts'
import type { Schedules } from './schedules.ts'

/** Schedules by id; the SDK uses PATCH to pause, the documented API POST. */
export function scheduleRoutes(broker: Broker, schedules: Schedules): Routes {
  const confirmed = async (status: number, body?: object): Promise<ApiReply> => {
    await broker.store.committed()
    return { status, body }
  }
  const setPaused = (isPaused: boolean): Handler => {
    return ({ parameters }) => {
      schedules.setPaused(parameters.id ?? '', isPaused)
      return confirmed(200)
    }
  }
  return {
    'PATCH /v2/schedules/:id/pause': setPaused(true),
    'PATCH /v2/schedules/:id/resume': setPaused(false),
    'POST /v2/schedules/:id/pause': setPaused(true),
    'POST /v2/schedules/:id/resume': setPaused(false),
    'POST /v2/schedules/*': (request) => {
      const { headers, body, callerIp } = request
      const destination = destinationOf(request)
      const scheduleId = schedules.upsert({ destination, headers: kept(headers), body, callerIp })
      return confirmed(201, { scheduleId })
    },
    'GET /v2/schedules': () => ({ status: 200, body: schedules.list() }),
    'GET /v2/schedules/:id': ({ parameters }) => ({ status: 200, body: schedules.get(parameters.id ?? '') }),
    'DELETE /v2/schedules/:id': ({ parameters }) => {
      schedules.delete(parameters.id ?? '')
      return confirmed(200)
    },
  }
}

/** What has a meaning for the messages; the token above all is not to be written down. */
function kept(headers: HeaderMap): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && (name === 'content-type' || name.startsWith('upstash-')))
      result[name] = typeof value === 'string' ? value : value.join(', ')
  return result
}
