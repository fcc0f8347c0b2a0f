import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSigningKey, loadSecrets, publicHalf, rotateSigningKey, saveSecrets } from '#infra/local/secrets.ts'
import { stateFolder } from './lib/state-folder.ts'

const usage = `npm run keys -- list | rotate | new

list     the keys that this machine believes, the one that signs first
rotate   a new key for this machine; tokens that the old one signed are believed until they expire
new      prints a key for production, and the steps by which it takes over without anybody being signed out`

const secretsFile = join(stateFolder, 'secrets.json')

async function list() {
  const { signingKeys } = await loadSecrets(secretsFile)
  for (const { key, replacedAt } of signingKeys) {
    console.log(`${key.kid}  ${replacedAt === undefined ? 'signs' : `believed for 31 minutes from ${replacedAt}`}`)
  }
}

async function rotate() {
  saveSecrets(secretsFile, await rotateSigningKey(await loadSecrets(secretsFile), new Date()))
  await list()
  console.log('It takes effect with the next npm start.')
}

/** Printed, kept nowhere: the platform's secrets cannot be read back, so the old public keys must be at hand. */
async function createForProduction() {
  const key = await createSigningKey()
  console.log(`1. Every function must believe the new key before auth signs with it. Add its public half to the keys in
   JWT_PUBLIC_KEYS ({"keys": [...]}, those of now are at /.well-known/jwks.json), and set that for every function that
   npm run deploy -- --dry-run lists it for: npx wrangler secret put JWT_PUBLIC_KEYS --env <function>

   ${JSON.stringify(publicHalf(key))}

2. Then let auth sign with it: npx wrangler secret put JWT_PRIVATE_KEY --env auth

   ${JSON.stringify(key)}

3. After 31 minutes no token of the old key is alive: take the old key out of JWT_PUBLIC_KEYS, as in step 1.`)
}

const commands: Readonly<Record<string, () => Promise<void>>> = { list, rotate, new: createForProduction }

const [name = ''] = parseArgs({ allowPositionals: true }).positionals
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) await command()
else {
  console.error(usage)
  process.exitCode = 2
}
