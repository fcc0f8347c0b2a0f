import { Hono } from 'hono'

const app = new Hono<{ Bindings: object }>()

/** Turns texts into vectors. Other functions call it by service binding; it has no public address. */
export default app
