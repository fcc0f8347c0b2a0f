import { z } from '@hono/zod-openapi'

/** Another function, by service binding. */
export interface Service {
  fetch(request: Request): Promise<Response>
}

/** A service binding in a function's env. */
export const serviceBinding = z.custom<Service>(
  (value) => typeof value === 'object' && value !== null && 'fetch' in value,
)
