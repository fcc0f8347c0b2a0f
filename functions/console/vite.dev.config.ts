import type { UserConfig } from 'vite'
import { consoleBuild } from './vite.config.ts'

/** Everything that is not the console's own is asked of a running `npm start`. */
const API = [
  '/session',
  '/sign_up',
  '/users',
  '/api_keys',
  '/balance',
  '/predict',
  '/predictors',
  '/history',
  '/webhooks',
  '/health',
  '/dead_letters',
  '/metrics',
  '/usage',
  '/errors',
  '/movies',
  '/recommend',
  '/recommendations',
  '/encoders',
  '/bot',
]
const target = process.env.AUSPEX_URL ?? 'http://localhost:8787'

const config: UserConfig = {
  root: consoleBuild.root ?? import.meta.dirname,
  base: '/console/',
  plugins: consoleBuild.plugins ?? [],
  resolve: consoleBuild.resolve ?? {},
  server: { proxy: Object.fromEntries(API.map((path) => [`^${path}(s|$|/|\\?)`, { target }])) },
}

export default config
