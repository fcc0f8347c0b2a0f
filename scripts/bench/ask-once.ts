import { z } from 'zod'

const Car = {
  symboling: 1,
  fueltype: 'gas',
  aspiration: 'std',
  doornumber: 'two',
  carbody: 'hatchback',
  drivewheel: 'fwd',
  enginelocation: 'front',
  wheelbase: 93.7,
  carlength: 157.3,
  carwidth: 63.8,
  carheight: 50.8,
  curbweight: 1876,
  enginetype: 'ohc',
  cylindernumber: 'four',
  enginesize: 90,
  fuelsystem: '2bbl',
  boreratio: 2.97,
  stroke: 3.23,
  compressionratio: 9.4,
  horsepower: 68,
  peakrpm: 5500,
  citympg: 31,
  highwaympg: 38,
}

const Job = z.looseObject({ status: z.string() })

/** Signs up, tops up and has one car priced. @returns milliseconds from submission to the result */
export async function askOnce(base: string, credits: number): Promise<number> {
  const person = {
    name: 'Bench',
    email: `bench.${crypto.randomUUID()}@example.com`,
    password: `Passw0rd-${crypto.randomUUID()}`,
  }
  await send(base, 'POST', '/sign_up', person)
  const { access_token } = z
    .looseObject({ access_token: z.string() })
    .parse(await send(base, 'POST', '/sign_in', person))
  await send(base, 'POST', '/balance', { new_amount: credits }, access_token)
  const data = Object.fromEntries(Object.entries(Car).map(([name, value]) => [name, [value]]))
  const startedMs = performance.now()
  const ask = { model_name: 'random_forest', data }
  const { job_id } = z
    .looseObject({ job_id: z.string() })
    .parse(await send(base, 'POST', '/predict', ask, access_token))
  for (;;) {
    const { status } = Job.parse(await send(base, 'GET', `/predict?job_id=${job_id}`, undefined, access_token))
    if (status === 'finished') return performance.now() - startedMs
    if (status !== 'queued' && status !== 'running') throw new Error(`the first job ended as ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function send(base: string, method: string, path: string, body: unknown, token?: string): Promise<unknown> {
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
