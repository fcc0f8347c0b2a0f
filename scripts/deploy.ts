import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { describePlan } from '#infra/deploy/describe.ts'
import { calleesFirst, type FunctionPlan, planFunction } from '#infra/deploy/plan.ts'
import { assertSignedIn, deployFunction, missingSecrets } from '#infra/deploy/release.ts'
import { isOverBudget } from '#infra/deploy/size.ts'
import { type FunctionConfig, readWranglerConfig } from '#infra/local/workerd/wrangler-config.ts'

const usage = `npm run deploy [-- --dry-run] [--env <function>]

--dry-run   build every function, check its size, and list what it consists of; needs no account and no network
--env       only this function

A deployment first brings the schema of DATABASE_URL up to date, then deploys each function, callees first.`

const root = join(import.meta.dirname, '..')

async function main() {
  const { values } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, env: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return console.log(usage)
  const { functions } = readWranglerConfig(root)
  const chosen = choose(calleesFirst(functions), values.env)
  const plans = await planAll(chosen, functions)
  const heavy = plans.filter(({ size }) => isOverBudget(size)).map(({ config }) => config.name)
  if (heavy.length > 0) throw new Error(`Over the budget: ${heavy.join(', ')}. Nothing was deployed.`)
  if (values['dry-run']) return console.log('Every function fits. Nothing was deployed.')
  await release(plans)
}

function choose(functions: readonly FunctionConfig[], name: string | undefined): readonly FunctionConfig[] {
  if (name === undefined) return functions
  const chosen = functions.filter((it) => it.name === name)
  if (chosen.length > 0) return chosen
  throw new Error(`wrangler.toml has no [env.${name}]; it has ${functions.map((it) => it.name).join(', ')}`)
}

async function planAll(chosen: readonly FunctionConfig[], all: readonly FunctionConfig[]): Promise<FunctionPlan[]> {
  const plans: FunctionPlan[] = []
  for (const config of chosen) {
    const plan = await planFunction(root, config, all)
    console.log(`${describePlan(plan)}\n`)
    plans.push(plan)
  }
  return plans
}

async function release(plans: readonly FunctionPlan[]) {
  await assertSignedIn(root)
  await migrateFirst()
  for (const { config } of plans) {
    await deployFunction(root, config.name)
    console.log(`Deployed ${config.workerName}`)
  }
  const commands = (await Promise.all(plans.map((plan) => missingSecrets(root, plan)))).flat()
  if (commands.length === 0) return console.log('All is set.')
  console.log(`\nUntil these are set, the functions answer "misconfigured":\n\n${commands.join('\n')}`)
}

/** New code may count on the new schema; the old code works on it, too. */
async function migrateFirst() {
  const { DATABASE_URL, NEON_FETCH_ENDPOINT } = process.env
  if (!DATABASE_URL)
    throw new Error('Set DATABASE_URL to the production database: its schema is brought up to date first')
  const applied = await migrate(createDatabase(DATABASE_URL, NEON_FETCH_ENDPOINT))
  console.log(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The schema is up to date.')
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
