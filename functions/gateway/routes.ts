/** The functions behind the gateway, by the name of their service binding. */
export type FunctionBinding = 'AUTH' | 'BALANCE' | 'PREDICT' | 'INFER' | 'METRICS' | 'MOVIES' | 'BOT'

/** Which function answers below a path. The longest prefix wins; whole segments count. */
export const routes: Readonly<Record<string, FunctionBinding>> = {
  '/sign_up': 'AUTH',
  '/sign_in': 'AUTH',
  '/session': 'AUTH',
  '/users': 'AUTH',
  '/api_keys': 'AUTH',
  '/.well-known/jwks.json': 'AUTH',
  '/balance': 'BALANCE',
  '/predictors': 'PREDICT',
  '/predict': 'PREDICT',
  '/history': 'PREDICT',
  '/webhooks': 'PREDICT',
  '/infer': 'INFER',
  '/health': 'METRICS',
  '/dead_letters': 'METRICS',
  '/metrics': 'METRICS',
  '/usage': 'METRICS',
  '/errors': 'METRICS',
  '/movies': 'MOVIES',
  '/recommend': 'MOVIES',
  '/recommendations': 'MOVIES',
  '/encoders': 'MOVIES',
  '/bot': 'BOT',
}

const byLength = Object.entries(routes).sort(([a], [b]) => b.length - a.length)

/** @returns the binding of the function that answers at this path, if any */
export function functionAt(path: string): FunctionBinding | undefined {
  return byLength.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1]
}
