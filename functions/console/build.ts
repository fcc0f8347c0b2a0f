import { build } from 'vite'
import { consoleBuild } from './vite.config.ts'

/** Builds the console into the static files that the gateway serves: for production, also where tests ask for it. */
export async function buildConsole() {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production' // decides which React there is in it
  try {
    await build(consoleBuild)
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}
