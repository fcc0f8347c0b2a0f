import { describe, test } from 'vitest'
import { otherRuntimes } from '#infra/local/workerd/testing/other-runtimes.ts'
import { expectParity } from '../_parity/expect-parity.ts'
import { encodeFeeds } from '../_runtime/encode-feeds.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { importModel } from './import-model.ts'
import { foreignModel, golden } from './testing/foreign-models.ts'

const { hasPython, runInWorker, runInPython } = await otherRuntimes()

async function question(name: string) {
  const { bytes, manifest: draft, expected } = foreignModel(name)
  const { artefact, manifest } = await importModel({ bytes, draft, priceCredits: 1, ort: nodeOrt })
  const feeds = encodeFeeds(manifest, golden.columns, expected.length)
  return { artefact, feeds, expected: { [manifest.output.name]: expected.flat() } }
}

describe.each(golden.models)('$name of $library gives the numbers of the library itself', ({ name }) => {
  test('in the Workers runtime', async () => {
    const { artefact, feeds, expected } = await question(name)
    expectParity(await runInWorker(artefact, feeds), expected)
  })

  test.skipIf(!hasPython)("in Python's onnxruntime", async () => {
    const { artefact, feeds, expected } = await question(name)
    expectParity(await runInPython(artefact, feeds), expected)
  })
})
