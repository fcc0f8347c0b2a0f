import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const kibibyte = 1024

/** What each function may weigh, compressed: the start of an isolate begins with its code. The platform refuses 10 MiB. */
const budgetsKiB: Readonly<Record<string, number>> = {
  /** These have the ONNX runtime in them, 3.7 MiB of compiled code. */
  infer: 5 * kibibyte,
  encode: 5 * kibibyte,
}
const usualBudgetKiB = kibibyte

export interface BundleSize {
  rawKiB: number
  gzipKiB: number
  budgetKiB: number
}

/** The size of what would be uploaded of a function, as the platform counts it. */
export function measureBundle(functionName: string, folder: string): BundleSize {
  const uploaded = readdirSync(folder).filter((name) => !name.endsWith('.map') && name !== 'README.md')
  const bytes = Buffer.concat(uploaded.map((name) => readFileSync(join(folder, name))))
  return {
    rawKiB: bytes.length / kibibyte,
    gzipKiB: gzipSync(bytes).length / kibibyte,
    budgetKiB: budgetsKiB[functionName] ?? usualBudgetKiB,
  }
}

export const isOverBudget = ({ gzipKiB, budgetKiB }: BundleSize) => gzipKiB > budgetKiB
