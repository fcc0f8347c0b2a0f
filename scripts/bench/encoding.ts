import { z } from 'zod'
import { buildEncoders, encodersFolder } from '#infra/encoders/build-encoders.ts'
import { givenEncoder } from '#infra/encoders/testing/given-encoder.ts'
import { startWorker } from '#infra/local/workerd/testing/one-worker.ts'
import { timeEncoder } from './encode/time-encoder.ts'

const Answer = z.object({ createMs: z.number(), times: z.array(z.number()), memoryBytes: z.number() })

interface EncodingRow {
  runtime: 'workerd' | 'Node'
  tokens: number
  minMs: number
  medianMs: number
}

export interface EncodingFigures {
  rows: EncodingRow[]
  createMs: { workerd: number; node: number }
  /** WASM memory in workerd after loading, and after the longest text. */
  memoryMb: { loaded: number; longest: number }
}

const lengths = [20, 100, 256]
const rounds = 5
/** The first runs are slower: code is compiled better as it is found to be used. Each is of four texts. */
const warmUps = 6
const runs = 5

/** One text at a time in workerd and on plain onnxruntime-web in Node: the same files, turn by turn in the same minutes. */
export async function benchEncoding(): Promise<EncodingFigures> {
  await buildEncoders({ tell: (line) => console.log(line) })
  await using worker = await startWorker('scripts/bench/encode/timing-worker.ts', {
    assets: { ASSETS: encodersFolder },
  })
  const ask = async (tokens: number, count: number) =>
    Answer.parse(await (await fetch(`${worker.url}?tokens=${tokens}&runs=${count}`)).json())
  const loaded = await ask(3, 1)
  const startMs = performance.now()
  const encoder = await givenEncoder()
  const nodeMs = performance.now() - startMs

  const rows: EncodingRow[] = []
  for (const tokens of lengths) {
    await ask(tokens, warmUps)
    await timeEncoder(encoder, tokens, warmUps)
    const times: Record<EncodingRow['runtime'], number[]> = { workerd: [], Node: [] }
    for (let round = 0; round < rounds; round++) {
      times.workerd.push(...(await ask(tokens, runs)).times)
      times.Node.push(...(await timeEncoder(encoder, tokens, runs)))
    }
    rows.push(...(['workerd', 'Node'] as const).map((runtime) => toRow(runtime, tokens, times[runtime])))
  }
  const longest = await ask(256, 1)
  const figures = {
    rows,
    createMs: { workerd: loaded.createMs, node: nodeMs },
    memoryMb: { loaded: loaded.memoryBytes / 1e6, longest: longest.memoryBytes / 1e6 },
  }
  print(figures)
  return figures
}

function toRow(runtime: EncodingRow['runtime'], tokens: number, times: readonly number[]): EncodingRow {
  const sorted = times.toSorted((a, b) => a - b)
  return { runtime, tokens, minMs: sorted[0] ?? 0, medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}

function print({ rows, createMs, memoryMb }: EncodingFigures) {
  console.log('\n| tokens | workerd min / median, ms | Node min / median, ms | ratio min / median |\n|---|---|---|---|')
  for (const tokens of lengths) {
    const [there, here] = rows.filter((row) => row.tokens === tokens)
    if (!there || !here) continue
    const text = (row: EncodingRow) => `${row.minMs.toFixed(1)} / ${row.medianMs.toFixed(1)}`
    const ratios = [there.minMs / here.minMs, there.medianMs / here.medianMs].map((ratio) => ratio.toFixed(2))
    console.log(`| ${tokens} | ${text(there)} | ${text(here)} | ${ratios.join(' / ')} |`)
  }
  console.log(
    `loaded within ${Math.round(createMs.workerd)} ms in workerd, ${Math.round(createMs.node)} ms in Node; ` +
      `WASM memory ${memoryMb.loaded.toFixed(1)} MB loaded, ${memoryMb.longest.toFixed(1)} MB after 256 tokens`,
  )
}
