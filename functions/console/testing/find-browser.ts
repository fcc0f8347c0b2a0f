import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import sparticuz from '@sparticuz/chromium'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/**
 * The Chromium that came with the npm packages, or else the machine's own.
 *
 * @throws Error that says what to do where there is none: what nobody looked at is not tested
 */
export async function findBrowser(): Promise<{ executablePath: string; args: string[] }> {
  const unpacked = await sparticuz.executablePath().catch((error: unknown) => String(error))
  const executablePath = [unpacked, ...onThePath()].find(isExecutable)
  if (executablePath === undefined)
    throw new Error(
      `The console's tests need a Chromium, and there is none. Install one, or run npm ci on Linux x64. (${unpacked})`,
    )
  // Chromium's sandbox refuses root, who tests in a container.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { executablePath, args: [...args, '--font-render-hinting=none'] }
}

function onThePath(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
