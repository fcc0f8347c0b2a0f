import { reportOf } from '#shared/error-report.ts'
import { newRequestId } from '#shared/request-id.ts'
import { testContext } from '#shared/testing/users.ts'
import { trackError } from '#shared/track-error.ts'

/** An error that was kept, as often as there are requests. Every event is a kind of its own. */
export async function givenError({
  event = `event_${newRequestId()}`,
  error = new Error('the disk is full'),
  requestIds = [newRequestId()],
}: {
  event?: string
  error?: Error
  requestIds?: readonly string[]
} = {}) {
  for (const requestId of requestIds)
    await trackError({ ...testContext(), requestId }, { functionName: 'metrics', event, error, path: '/somewhere' })
  return { errorId: reportOf('metrics', event, error).id, event, requestIds }
}
