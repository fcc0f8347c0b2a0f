import { createServer, type IncomingMessage } from 'node:http'
import { z } from 'zod'

const Question = z.object({ model: z.string(), input: z.array(z.string()), encoding_format: z.literal('float') })

export interface EmbeddingsApi extends AsyncDisposable {
  url: string
  /** What was asked, in order. */
  questions: (z.infer<typeof Question> & { authorization: string | undefined })[]
}

/**
 * A double of the OpenAI-compatible `POST /embeddings`: a text's vector is its length and 1, neither normalised nor in
 * order.
 *
 * @param failures statuses to answer with first; 0: no answer at all
 */
export async function startEmbeddingsApi(failures: number[] = []): Promise<EmbeddingsApi> {
  const questions: EmbeddingsApi['questions'] = []
  const server = createServer(async (request, response) => {
    const question = Question.parse(JSON.parse(await textOf(request)))
    questions.push({ ...question, authorization: request.headers.authorization })
    const failure = failures.shift()
    if (failure === 0) return
    if (failure !== undefined || request.url !== '/v1/embeddings') {
      response.writeHead(failure ?? 404).end('{"error":{"message":"try later"}}')
      return
    }
    const data = question.input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] }))
    const usage = { prompt_tokens: 7, total_tokens: 7 }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', data: data.reverse(), model: question.model, usage }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`,
    questions,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
