import { build } from 'vite'
import { consoleBuild } from './vite.config.ts'

/** Builds the console into the static files that the gateway serves. */
export async function buildConsole() {
  await build(consoleBuild)
}
