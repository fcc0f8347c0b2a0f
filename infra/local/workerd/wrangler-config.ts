import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'

/** Settings that mean something on the platform only: known, so that a new one is noticed, and left alone here. */
const platformOnly = {
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  routes: z.array(z.unknown()).optional(),
  route: z.unknown().optional(),
  limits: z.unknown().optional(),
  placement: z.unknown().optional(),
  observability: z.unknown().optional(),
  /** What a function reads from a bucket there it has among its static files here. */
  r2_buckets: z.array(z.unknown()).optional(),
}

const FunctionTable = z.strictObject({
  ...platformOnly,
  name: z.string(),
  main: z.string(),
  vars: z.record(z.string(), z.string()).default({}),
  services: z.array(z.strictObject({ binding: z.string(), service: z.string() })).default([]),
  triggers: z.strictObject({ crons: z.array(z.string()).default([]) }).default({ crons: [] }),
  assets: z
    .strictObject({
      directory: z.string(),
      binding: z.string(),
      run_worker_first: z.literal(true),
      /** A file is found by its whole name, here and there. */
      html_handling: z.literal('none'),
    })
    .optional(),
  build: z.strictObject({ command: z.string() }).optional(),
})

const WranglerFile = z.strictObject({
  ...platformOnly,
  name: z.string(),
  compatibility_date: z.iso.date(),
  compatibility_flags: z.array(z.string()).default([]),
  send_metrics: z.boolean().optional(),
  /** The bundle here is made without names, too. */
  keep_names: z.literal(false),
  env: z.record(z.string().regex(/^[a-z][a-z0-9]*$/), FunctionTable),
})

export interface FunctionConfig {
  /** As in `[env.<name>]`: also the function's folder. */
  name: string
  /** The name of the Worker on the platform, by which service bindings find it. */
  workerName: string
  /** Path from the root of the project. */
  main: string
  vars: Readonly<Record<string, string>>
  /** Binding -> name of the Worker behind it. */
  services: Readonly<Record<string, string>>
  crons: readonly string[]
  assets?: { directory: string; binding: string } | undefined
  /** To be run before the function is bundled. */
  buildCommand?: string | undefined
}

export interface WranglerConfig {
  compatibilityDate: string
  compatibilityFlags: readonly string[]
  functions: readonly FunctionConfig[]
}

/**
 * Reads `wrangler.toml`, from which both the deployment and the local start are made. Whatever is in it and is not
 * understood here is refused: a setting that only the platform knew would let the two drift apart.
 */
export function readWranglerConfig(root: string): WranglerConfig {
  const result = WranglerFile.safeParse(parse(readFileSync(join(root, 'wrangler.toml'), 'utf8')))
  if (!result.success) throw new Error(`wrangler.toml is not understood:\n${z.prettifyError(result.error)}`)
  const { compatibility_date, compatibility_flags, env } = result.data
  const functions = Object.entries(env).map(([name, table]) => toFunction(name, table))
  assertServicesExist(functions)
  return { compatibilityDate: compatibility_date, compatibilityFlags: compatibility_flags, functions }
}

function toFunction(name: string, table: z.infer<typeof FunctionTable>): FunctionConfig {
  return {
    name,
    workerName: table.name,
    main: table.main,
    vars: table.vars,
    services: Object.fromEntries(table.services.map(({ binding, service }) => [binding, service])),
    crons: table.triggers.crons,
    assets: table.assets,
    buildCommand: table.build?.command,
  }
}

function assertServicesExist(functions: readonly FunctionConfig[]) {
  const workerNames = new Set(functions.map(({ workerName }) => workerName))
  if (workerNames.size < functions.length) throw new Error('wrangler.toml gives two functions the same name')
  for (const { name, services } of functions) {
    const missing = Object.values(services).filter((workerName) => !workerNames.has(workerName))
    if (missing.length > 0) throw new Error(`wrangler.toml: [env.${name}] is bound to unknown ${missing.join(', ')}`)
  }
}
