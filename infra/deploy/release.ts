import { z } from 'zod'
import type { FunctionPlan } from './plan.ts'
import { runWrangler } from './wrangler.ts'

const Account = z.object({ loggedIn: z.boolean() })
const SecretList = z.array(z.object({ name: z.string() }))

/** @throws Error that says how to sign in */
export async function assertSignedIn(root: string) {
  const { code, output } = await runWrangler(root, ['whoami', '--json'])
  const account = Account.safeParse(jsonIn(output))
  if (code === 0 && account.data?.loggedIn) return
  throw new Error('Not signed in to Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN')
}

export async function deployFunction(root: string, functionName: string) {
  const { code, output } = await runWrangler(root, ['deploy', '--env', functionName])
  if (code !== 0) throw new Error(`${functionName} was not deployed:\n${output}`)
}

/** @returns the commands that set what a function still lacks; until then it answers `misconfigured` */
export async function missingSecrets(root: string, { config, secrets }: FunctionPlan): Promise<string[]> {
  const { output } = await runWrangler(root, ['secret', 'list', '--env', config.name, '--format', 'json'])
  const list = SecretList.safeParse(jsonIn(output))
  const known = new Set(list.data?.map(({ name }) => name))
  return secrets
    .filter(({ name, isOptional }) => !isOptional && !known.has(name))
    .map(({ name }) => `npx wrangler secret put ${name} --env ${config.name}`)
}

/** Wrangler may print other lines before its JSON. */
function jsonIn(output: string): unknown {
  const start = output.search(/^[[{]/m)
  try {
    return start < 0 ? undefined : JSON.parse(output.slice(start))
  } catch {
    return undefined
  }
}
