import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import type { MoviesApp } from './services.ts'
import { setVerdict, verdicts } from './set-verdict.ts'

const Verdict = z.enum(verdicts)

const judgeFilm = createRoute({
  operationId: 'judgeFilm',
  method: 'put',
  path: '/movies/{film_id}/verdict',
  tags: ['Films'],
  summary: 'Say what you think of a film, or take it back',
  ...secured(),
  request: {
    params: z.object({ film_id: z.string().max(100) }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ verdict: Verdict.openapi({ example: 'like' }) }) } },
    },
  },
  responses: {
    200: {
      description: 'It counts from now on',
      content: {
        'application/json': {
          schema: z.object({
            film_id: z.string(),
            verdict: Verdict,
            popularity: z.number().int().openapi({ description: 'Likes less dislikes, of everybody' }),
          }),
        },
      },
    },
    ...problems(400, 401, 404, 413, 422),
  },
})

export function registerJudgeFilm(app: MoviesApp) {
  app.openapi(judgeFilm, async (c) => {
    const { film_id } = c.req.valid('param')
    const { verdict } = c.req.valid('json')
    return c.json({ film_id, verdict, popularity: await setVerdict(c.get('ctx'), film_id, verdict) }, 200)
  })
}
