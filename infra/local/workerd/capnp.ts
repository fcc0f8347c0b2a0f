/** One Worker as the runtime is to be told of it. */
export interface WorkerSpec {
  name: string
  /** File names of the modules, in the folder of the configuration; the first is the main one. */
  modules: readonly string[]
  text: Readonly<Record<string, string>>
  /** Binding -> name of a Worker. */
  services: Readonly<Record<string, string>>
  compatibilityFlags?: readonly string[]
}

export interface RuntimeSpec {
  compatibilityDate: string
  compatibilityFlags: readonly string[]
  workers: readonly WorkerSpec[]
  /** Name of a service -> the folder whose files it gives to who is bound to it. */
  folders: Readonly<Record<string, string>>
  /** Name of a socket -> the Worker behind it and the address it listens at. */
  sockets: Readonly<Record<string, { worker: string; address: string }>>
}

/**
 * Every Worker has a heap of its own, whose young part may grow to three times this, in MiB: enough for a request, and
 * many Workers together stay small.
 */
const v8Flags = ['--max-semi-space-size=8']

/** The configuration of the runtime as Cap'n Proto text. */
export function writeCapnp({ compatibilityDate, compatibilityFlags, workers, folders, sockets }: RuntimeSpec): string {
  const services = [
    ...workers.map(({ name }, index) => `(name = ${quote(name)}, worker = .worker${index})`),
    ...Object.entries(folders).map(([name, path]) => `(name = ${quote(name)}, disk = (path = ${quote(path)}))`),
  ]
  const listeners = Object.entries(sockets).map(
    ([name, { worker, address }]) =>
      `(name = ${quote(name)}, address = ${quote(address)}, http = (), service = ${quote(worker)})`,
  )
  const constants = workers.map((worker, index) => {
    const flags = [...compatibilityFlags, ...(worker.compatibilityFlags ?? [])]
    return `const worker${index} :Workerd.Worker = ${workerValue(worker, compatibilityDate, flags)};`
  })
  return [
    'using Workerd = import "/workerd/workerd.capnp";',
    'const config :Workerd.Config = (',
    // The embedded services are at loopback addresses, which Workers may not reach unless they are told so.
    `  services = ${list(['(name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true)))', ...services])},`,
    `  sockets = ${list(listeners)},`,
    `  v8Flags = ${list(v8Flags.map(quote))}`,
    ');',
    ...constants,
    '',
  ].join('\n')
}

function workerValue(worker: WorkerSpec, compatibilityDate: string, flags: readonly string[]): string {
  const modules = worker.modules.map((file) => {
    const kind = file.endsWith('.wasm') ? 'wasm' : 'esModule'
    return `(name = ${quote(file)}, ${kind} = embed ${quote(file)})`
  })
  const bindings = [
    ...Object.entries(worker.text).map(([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`),
    ...Object.entries(worker.services).map(([name, service]) => `(name = ${quote(name)}, service = ${quote(service)})`),
  ]
  const compatibility = `compatibilityDate = ${quote(compatibilityDate)}, compatibilityFlags = ${list(flags.map(quote))}`
  return `(\n  modules = ${list(modules)},\n  bindings = ${list(bindings)},\n  ${compatibility}\n)`
}

const list = (items: readonly string[]) => `[${items.join(', ')}]`

/** JSON's escapes beyond the printable characters are not Cap'n Proto's, so bytes are written as octal numbers. */
function quote(text: string): string {
  const bytes = [...Buffer.from(text)]
  return `"${bytes.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join('')}"`
}

const isPlain = (byte: number) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
