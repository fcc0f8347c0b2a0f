import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes `.dev.vars.<function>`, which `wrangler dev --env <function>` reads: so a single function can be run by wrangler
 * against the services of a local start.
 */
export function writeDevVars(root: string, bindings: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  for (const [name, values] of Object.entries(bindings)) {
    const file = join(root, `.dev.vars.${name}`)
    const lines = Object.entries(values).map(([key, value]) => `${key}=${quote(value)}`)
    const header = `# Made by npm start for wrangler dev --env ${name}; made anew with every start.`
    writeFileSync(file, [header, ...lines, ''].join('\n'), { mode: 0o600 })
    chmodSync(file, 0o600) // the mode above is for new files only
  }
}

/** The format has three quotes and no escapes. */
function quote(value: string): string {
  const mark = ["'", '"', '`'].find((it) => !value.includes(it))
  if (mark === undefined) throw new Error('a value with all three kinds of quotes cannot be written to .dev.vars')
  return `${mark}${value}${mark}`
}
