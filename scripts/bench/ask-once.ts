import { createApiClient } from '../lib/api-client.ts'
import { exampleCar } from '../lib/example-car.ts'

/** Signs up, tops up and has the first predictor on offer price one car. @returns milliseconds from submission to the result */
export async function askOnce(base: string, credits: number): Promise<number> {
  const person = await createApiClient(base).register(credits)
  const { models } = await person.get('/predictors')
  const startedMs = performance.now()
  const { job_id } = await person.post('/predict', { model_name: models[0].model_name, data: exampleCar(1) })
  for (;;) {
    const { status } = await person.get(`/predict?job_id=${job_id}`)
    if (status === 'finished') return performance.now() - startedMs
    if (status !== 'queued' && status !== 'running') throw new Error(`the first job ended as ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
