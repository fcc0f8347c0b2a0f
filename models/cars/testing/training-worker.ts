import { trainCars } from '../train.ts'

/** A Worker that trains on the file it is sent and answers with the names of what it made. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    const models = await trainCars({ csv: await request.text(), repeats: 1 })
    return Response.json(models.map(({ sha256 }) => sha256))
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
