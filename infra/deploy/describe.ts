import type { FunctionPlan } from './plan.ts'
import { isOverBudget } from './size.ts'

/** What a deployment of a function would bring, for people to read. */
export function describePlan({ config, size, routes, secrets }: FunctionPlan): string {
  const verdict = isOverBudget(size) ? 'OVER the budget of' : 'of'
  const weight = `${size.gzipKiB.toFixed(0)} KiB gzip ${verdict} ${size.budgetKiB} KiB (${size.rawKiB.toFixed(0)} KiB raw)`
  const bindings = [
    ...Object.entries(config.services).map(([binding, worker]) => `${binding} -> ${worker}`),
    ...(config.assets ? [`${config.assets.binding} -> ${config.assets.directory}`] : []),
  ]
  const vars = Object.entries(config.vars).map(([name, value]) => `${name}=${value}`)
  const facts: [string, readonly string[]][] = [
    ['routes', routes],
    ['crons', config.crons],
    ['bindings', bindings],
    ['vars', vars],
    ['secrets', secrets.filter(({ isOptional }) => !isOptional).map(({ name }) => name)],
    ['may be set', secrets.filter(({ isOptional }) => isOptional).map(({ name }) => name)],
  ]
  const lines = facts.map(([title, items]) => `  ${title.padEnd(11)}${items.length > 0 ? items.join(', ') : '-'}`)
  return [`${config.name} (${config.workerName}): ${weight}`, ...lines].join('\n')
}
