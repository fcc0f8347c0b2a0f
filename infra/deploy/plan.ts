import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '#functions/gateway/routes.ts'
import { type EnvName, readEnvNames } from '#infra/local/workerd/function-env.ts'
import type { FunctionConfig } from '#infra/local/workerd/wrangler-config.ts'
import { type BundleSize, measureBundle } from './size.ts'
import { runWrangler } from './wrangler.ts'

export interface FunctionPlan {
  config: FunctionConfig
  size: BundleSize
  /** Paths that the gateway hands on to it. */
  routes: readonly string[]
  /** What `wrangler secret put` must have set: all that its env.ts names and wrangler.toml does not give. */
  secrets: readonly EnvName[]
}

/** Builds a function exactly as a deployment would, and says what it consists of. Needs no account and no network. */
export async function planFunction(
  root: string,
  config: FunctionConfig,
  functions: readonly FunctionConfig[],
): Promise<FunctionPlan> {
  const folder = mkdtempSync(join(tmpdir(), `auspex-deploy-${config.name}-`))
  try {
    const { code, output } = await runWrangler(root, ['deploy', '--dry-run', '--env', config.name, '--outdir', folder])
    if (code !== 0) throw new Error(`${config.name} cannot be built:\n${output}`)
    const size = measureBundle(config.name, folder)
    const names = await readEnvNames(root, config)
    return { config, size, routes: routesOf(config, functions), secrets: secretsOf(config, names) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function secretsOf(config: FunctionConfig, names: readonly EnvName[]): EnvName[] {
  const given = new Set([...Object.keys(config.vars), ...Object.keys(config.services), config.assets?.binding])
  return names.filter(({ name }) => !given.has(name))
}

/** The gateway has the public address, and hands on what it does not answer itself. */
export function routesOf(config: FunctionConfig, functions: readonly FunctionConfig[]): string[] {
  const gateway = functions.find(({ name }) => name === 'gateway')
  if (config.name === 'gateway') return ['/*']
  return Object.entries(routes).flatMap(([path, binding]) =>
    gateway?.services[binding] === config.workerName ? [path] : [],
  )
}

/** Who is called before who calls: a binding to a Worker that is not there yet is refused by the platform. */
export function calleesFirst(functions: readonly FunctionConfig[]): FunctionConfig[] {
  const ordered: FunctionConfig[] = []
  const visit = (config: FunctionConfig, path: readonly FunctionConfig[]) => {
    if (ordered.includes(config)) return
    if (path.includes(config)) throw new Error(`functions call each other in a circle: ${config.name}`)
    const callees = Object.values(config.services)
    for (const callee of functions.filter(({ workerName }) => callees.includes(workerName))) {
      visit(callee, [...path, config])
    }
    ordered.push(config)
  }
  for (const config of functions) visit(config, [])
  return ordered
}
