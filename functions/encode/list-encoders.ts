import type { EncodeApp } from './app.ts'

export function registerListEncoders(app: EncodeApp) {
  app.get('/encoders', async (c) => c.json({ encoders: await c.get('pool').list() }))
}
