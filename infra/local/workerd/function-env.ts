import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { FunctionConfig } from './wrangler-config.ts'

export interface EnvName {
  name: string
  isOptional: boolean
}

/**
 * What a function may see, read from the zod schema by which it checks its own bindings (`functions/<name>/env.ts`):
 * nothing else is handed to it, so that only `auth` holds the key that signs tokens.
 */
export async function readEnvNames(root: string, { name }: FunctionConfig): Promise<EnvName[]> {
  const file = join(root, 'functions', name, 'env.ts')
  if (!existsSync(file)) throw new Error(`functions/${name}/env.ts is missing: it says what [env.${name}] needs`)
  const exports: Record<string, unknown> = await import(pathToFileURL(file).href)
  const schema = exports[`${name}Env`]
  if (!(schema instanceof z.ZodObject)) throw new Error(`functions/${name}/env.ts does not export a schema ${name}Env`)
  return Object.entries(schema.shape)
    .filter(([, field]) => !isOptionalBinding(field))
    .map(([key, field]) => ({ name: key, isOptional: acceptsNothing(field) }))
}

/** What a function can do without, and is no text: there is nothing to hand over. */
function isOptionalBinding(field: unknown): boolean {
  return field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodCustom
}

function acceptsNothing(field: unknown): boolean {
  return field instanceof z.ZodType && !isBinding(field) && field.safeParse(undefined).success
}

/** Service bindings are custom checks, which may not like being asked. */
function isBinding(field: z.ZodType): boolean {
  return field instanceof z.ZodCustom
}

/**
 * The text bindings of a function: its vars from `wrangler.toml`, overlaid by the values of this machine.
 *
 * @param values by name, for all functions together
 */
export function textBindings(
  config: FunctionConfig,
  names: readonly EnvName[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const unread = Object.keys(config.vars).filter((name) => !names.some((known) => known.name === name))
  if (unread.length > 0) {
    throw new Error(`wrangler.toml sets ${unread.join(', ')} for ${config.name}, whose env.ts does not know it`)
  }
  const others = new Set([...Object.keys(config.services), config.assets?.binding])
  const bindings: Record<string, string> = {}
  for (const { name, isOptional } of names) {
    if (others.has(name)) continue
    const value = values[name] ?? config.vars[name]
    if (value !== undefined) bindings[name] = value
    else if (!isOptional)
      throw new Error(`${config.name} needs ${name}: neither wrangler.toml nor this start has a value`)
  }
  return bindings
}
