import { workerdOrt } from '../ort-workerd.ts'
import { runOnnx } from './run-onnx.ts'
import { packAnswer, packError, unpackQuestion } from './wire.ts'

/** A Worker that runs the ONNX file that it is sent, on the feeds beside it. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    const { model, feeds } = unpackQuestion(await request.text())
    try {
      return new Response(packAnswer(await runOnnx(workerdOrt, model, feeds)))
    } catch (error) {
      return new Response(packError(error))
    }
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
