import { expect } from 'vitest'
import { exampleCar } from '#scripts/lib/example-car.ts'
import type { Job } from '../api/types.ts'
import { publicUrl, send } from './test.ts'
import type { Visitor } from './visitor.ts'

/** Asks a model about so many cars, each with more power than the one before, and waits for the end. */
export async function givenEndedJob(visitor: Visitor, model = 'linear_regression', rows = 1): Promise<Job> {
  const data = exampleCar(rows)
  data.horsepower = Array.from({ length: rows }, (_, row) => 60 + 2 * row)
  const { job_id } = (await send(visitor, '/predict', { model_name: model, data })) as { job_id: string }
  const headers = { prefer: 'wait=30', origin: publicUrl }
  const answer = await visitor.context.request.get(`/predict/${job_id}`, { headers })
  const job = (await answer.json()) as Job
  expect(job.status).toBe('finished')
  return job
}
