import { sql } from 'drizzle-orm'
import type { Seeding } from '#infra/local/embedded.ts'
import { type Columns, Manifest } from '#models/_runtime/manifest.ts'
import { demoAccounts, demoCredits, demoPassword } from './demo-accounts.ts'

export interface Example {
  modelName: string
  title: string
  priceCredits: number
  /** One row: the defaults that the training data showed. */
  data: Columns
}

/** The best predictor, which costs most, with a row that it understands. */
export async function findExample(db: Seeding['db']): Promise<Example | undefined> {
  const { rows } = await db.execute<{ manifest: unknown; price: string }>(sql`
    select manifest, price_credits as price from predictors join model_versions on champion_version_id = model_versions.id
    order by price_credits desc, name limit 1`)
  const [row] = rows
  if (!row) return undefined
  const { name, title, features } = Manifest.parse(row.manifest)
  const data = Object.fromEntries(features.map((feature) => [feature.name, [feature.default]]))
  return { modelName: name, title, priceCredits: Number(row.price), data }
}

export interface Welcome {
  publicUrl: string
  /** Where people chat with the bot; absent where that is Telegram itself. */
  chatUrl: string | undefined
  hasDemoAccounts: boolean
  example: Example | undefined
  logFile: string
  stateFolder: string
}

/** What a newcomer needs: the address, the accounts, and three things to try that can be pasted as they are. */
export function writeWelcome({ publicUrl, chatUrl, hasDemoAccounts, example, logFile, stateFolder }: Welcome): string {
  const lines = [
    `Auspex runs at ${publicUrl}: open it in a browser`,
    `Its API: ${publicUrl}/docs   Its log: ${logFile}`,
    ...(chatUrl ? [`Its bot: ${chatUrl}, a chat as in Telegram`] : []),
    '',
  ]
  if (hasDemoAccounts) {
    const emails = demoAccounts.map(({ email }) => email).join(', ')
    lines.push(`Accounts with ${demoCredits} credits and the password ${demoPassword}: ${emails}`, '')
  }
  lines.push(...writeThingsToTry({ publicUrl, hasDemoAccounts, example }))
  return [...lines, `Ctrl-C stops everything; the state stays in ${stateFolder}.`].join('\n')
}

/** Lines of commands that can be pasted as they are, each with what it is for. */
export function writeThingsToTry(given: Pick<Welcome, 'publicUrl' | 'hasDemoAccounts' | 'example'>): string[] {
  return thingsToTry(given).flatMap(({ title, command }, index) => [`${index + 1}. ${title}`, ...command, ''])
}

function thingsToTry({ publicUrl, hasDemoAccounts, example }: Parameters<typeof writeThingsToTry>[0]) {
  const json = "-H 'content-type: application/json'"
  const token = '-H "authorization: Bearer $TOKEN"'
  const [account] = demoAccounts
  const credentials = hasDemoAccounts
    ? { email: account.email, password: demoPassword }
    : { email: 'you@example.com', password: 'a password of your own' }
  const signUp = quote(JSON.stringify({ name: 'You', ...credentials }))
  const signIn = quote(JSON.stringify(credentials))
  const ask = example && quote(JSON.stringify({ model_name: example.modelName, data: example.data }))
  return [
    {
      title: 'Sign in and keep the token, which is good for 30 minutes',
      command: [
        ...(hasDemoAccounts ? [] : [`curl -s ${publicUrl}/sign_up ${json} -d ${signUp}; echo`]),
        `TOKEN=$(curl -s ${publicUrl}/sign_in ${json} -d ${signIn} | ${pickField('access_token')})`,
      ],
    },
    ...(example
      ? [
          {
            title: `${example.title} for ${example.priceCredits} credits: ask, and wait for the answer`,
            command: [
              `JOB=$(curl -s ${publicUrl}/predict ${token} ${json} -d ${ask} | ${pickField('job_id')})`,
              `curl -s ${publicUrl}/predict/$JOB ${token} -H 'prefer: wait=10'; echo`,
            ],
          },
        ]
      : []),
    { title: 'See what is left in the wallet', command: [`curl -s ${publicUrl}/balance ${token}; echo`] },
  ]
}

/** Nothing but what every system has. */
const pickField = (name: string) => `sed 's/.*"${name}":"\\([^"]*\\)".*/\\1/'`

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
