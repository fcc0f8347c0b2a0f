import { exampleCar } from '#scripts/lib/example-car.ts'
import { publicUrl, send } from './test.ts'
import type { Visitor } from './visitor.ts'

/** Asks a model about so many cars, each with more power than the one before, and waits for the end. */
export async function givenEndedJob(visitor: Visitor, model = 'linear_regression', rows = 1): Promise<string> {
  const data = exampleCar(rows)
  data.horsepower = Array.from({ length: rows }, (_, row) => 60 + 2 * row)
  const { job_id } = (await send(visitor, '/predict', { model_name: model, data })) as { job_id: string }
  const headers = { prefer: 'wait=30', origin: publicUrl }
  await visitor.context.request.get(`/predict/${job_id}`, { headers })
  return job_id
}
