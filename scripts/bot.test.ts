import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startTelegram } from '#infra/local/telegram/start.ts'

const token = '1000000001:a-token-of-tests'

test('one command sets the webhook with its secret and the commands, one tells of it, one removes it', async () => {
  const telegram = await startTelegram({ token })
  const stateDir = mkdtempSync(join(tmpdir(), 'auspex-bot-'))
  onTestFinished(async () => {
    await telegram.close()
    rmSync(stateDir, { recursive: true })
  })
  const run = async (action: string) => {
    const env = {
      ...process.env,
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.url,
      PUBLIC_URL: 'https://demo.example',
      AUSPEX_STATE_DIR: stateDir,
    }
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bot.ts'), action], {
      env,
    })
    return stdout
  }
  expect(await run('webhook')).toContain('https://demo.example/bot/telegram for @auspex_local_bot')
  const { updates, commands } = telegram.double
  expect(updates.info).toMatchObject({
    url: 'https://demo.example/bot/telegram',
    allowed_updates: ['message', 'callback_query', 'inline_query'],
  })
  expect([...commands.keys()]).toEqual(['', 'en', 'ru'])
  expect(commands.get('ru')).toContainEqual({ command: 'profile', description: 'Вы, ваши кредиты и ваш вкус' })
  expect(await run('info')).toContain('@auspex_local_bot at https://demo.example/bot/telegram, 0 updates waiting')
  await run('delete')
  expect(updates.hasWebhook).toBe(false)
  await expect(run('nonsense')).rejects.toThrow('npm run bot')
})
