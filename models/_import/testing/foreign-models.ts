import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Row = z.array(z.number())

/** What `make_models.py` wrote down: models of other libraries, 50 rows, and what the libraries themselves predict for them. */
const Golden = z.object({
  columns: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
  truth: z.record(z.string(), z.array(z.union([z.number(), z.string()]))),
  models: z.array(
    z.object({
      name: z.string(),
      /** Who made the file, in which versions. */
      library: z.string(),
      manifest: z.looseObject({
        features: z.array(z.looseObject({ name: z.string() })),
        output: z.looseObject({ name: z.string() }),
        classes: z.array(z.string()).optional(),
      }),
      /** The number of a regression, or one probability a class. */
      expected: z.array(Row),
    }),
  ),
})

export const golden = Golden.parse(JSON.parse(readText('golden.json')))
export type ForeignModel = (typeof golden.models)[number]

export function foreignModel(name: string): ForeignModel & { bytes: Uint8Array } {
  const model = golden.models.find((one) => one.name === name)
  if (model === undefined) throw new Error(`make_models.py makes no ${name}`)
  return { ...model, bytes: foreignBytes(name) }
}

export function foreignBytes(name: string): Uint8Array {
  return Uint8Array.from(Buffer.from(readText(`${name}.onnx.b64`), 'base64'))
}

function readText(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}
