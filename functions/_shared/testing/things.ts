import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { wordEncoder } from '#functions/encode/testing/word-encoders.ts'
import { givenError } from '#functions/metrics/testing/given-error.ts'
import { filmRecord, givenStoredFilms } from '#functions/movies/testing/films.ts'
import { givenSearchableFilms } from '#functions/movies/testing/searchable-films.ts'
import { exampleData } from '#functions/predict/ask.ts'
import { signedDelivery } from './call.ts'
import { callGateway } from './gateway.ts'
import { givenCarPredictor, givenPredictor } from './predictors.ts'
import { givenUser, type TestUser } from './users.ts'

export const carPredictor = { predictorName: 'random_forest', priceCredits: 3 }
const WithId = z.object({ id: z.string() })
const WithJobId = z.object({ job_id: z.string() })

/** Once for the tests of a file: they stay. The first is the examples', the second anybody may change. */
let registered: Promise<[unknown, { predictorName: string }, string[]]> | undefined

/** Submits the car of the examples, for a caller with credits. */
export async function givenQueuedJob(token: string): Promise<string> {
  const body = { model_name: carPredictor.predictorName, data: exampleData() }
  return WithJobId.parse((await callGateway('POST', '/predict', { token, body })).body).job_id
}

/** Has the queue deliver a job, so that it ends. */
export async function runJob(jobId: string) {
  const delivery = await signedDelivery({ path: '/infer', body: { job_id: jobId } })
  return callGateway('POST', '/infer', delivery)
}

/**
 * One of each thing that an address can name, of one user's, by the name of the parameter that names it.
 *
 * @param webhookUrl where the webhook goes: to nobody unless told
 */
export async function givenThings(user: TestUser, { webhookUrl = 'http://127.0.0.1:9/hook' } = {}) {
  const { predictorName: name, priceCredits } = carPredictor
  registered ??= Promise.all([givenCarPredictor({ name, priceCredits }), givenPredictor(), givenSearchableFilms()])
  const [, { predictorName }, [filmId = '']] = await registered
  const token = await user.token()
  const made = async (path: string, body: object) =>
    WithId.parse((await callGateway('POST', path, { token, body })).body)
  const { id: endpointId } = await made('/webhooks', { url: webhookUrl })
  const { id: keyId } = await made('/api_keys', { name: 'CI' })
  const WithPrediction = z.object({ prediction_id: z.string() })
  const { prediction_id } = WithPrediction.parse(
    (await callGateway('GET', '/recommendations/movies?limit=1', { token })).body,
  )
  const finishedJobId = await givenQueuedJob(token)
  await runJob(finishedJobId)
  const { rows } = await user.ctx.db.execute(sql`select id from webhook_deliveries where endpoint_id = ${endpointId}`)
  const [delivery] = z.tuple([WithId]).parse(rows)
  return {
    queuedJobId: await givenQueuedJob(token),
    ids: {
      job_id: finishedJobId,
      key_id: keyId,
      endpoint_id: endpointId,
      delivery_id: delivery.id,
      predictor_name: predictorName,
      film_id: filmId,
      import_id: await givenStoredFilms([filmRecord()], user.ctx),
      encoder_id: wordEncoder.id,
      prediction_id,
      error_id: (await givenError()).errorId,
      user_id: (await givenUser()).userId,
    },
  }
}
