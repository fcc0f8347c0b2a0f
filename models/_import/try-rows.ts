import type { Columns, Manifest } from '../_runtime/manifest.ts'
import { ModelError } from '../_runtime/model-error.ts'
import type { ModelRuntime } from '../_runtime/model-runtime.ts'
import type { PredictedRow } from '../_runtime/read-rows.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'

export type Written = Pick<TrainedModel, 'artefact' | 'sha256' | 'manifest'>

/**
 * What a model answers.
 *
 * @param name what a row is called in a message
 * @throws Error that names the first row that it does not answer, or answers with what are no probabilities
 */
export async function tryRows(
  runtime: ModelRuntime,
  { artefact, sha256, manifest }: Written,
  columns: Columns,
  name: (row: number) => string,
): Promise<PredictedRow[]> {
  const ask = (some: Columns) => runtime.predict({ sha256, load: async () => artefact }, manifest, some)
  try {
    const { rows } = await ask(columns)
    for (const [i, row] of rows.entries()) refuseScores(row, name(i))
    return rows
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const row = await findFailing(columns, ask)
    const where = row === undefined ? 'does not run' : `does not answer ${name(row)}`
    const isUnknown = row !== undefined && Object.values(columns).some((column) => column[row] === null)
    const hint = isUnknown ? `. Something in that row is not known: ${adviseOnUnknown(manifest)}` : ''
    const cause = error.cause instanceof Error ? `: ${error.cause.message.trim()}` : ''
    throw new Error(`the model ${where}: ${error.message}${cause}${hint}`)
  }
}

function adviseOnUnknown({ features }: Manifest): string {
  const names = features.filter(({ nullable }) => nullable).map(({ name }) => name)
  return `say nullable: false of what the model cannot do without (${names.join(', ')}), or export it with an imputer`
}

function refuseScores({ probabilities = {} }: PredictedRow, where: string) {
  const values = Object.values(probabilities)
  const sum = values.reduce((a, b) => a + b, 0)
  const isGood = values.every((value) => value >= 0 && value <= 1 + 1e-4) && Math.abs(sum - 1) < 1e-3
  if (values.length > 0 && !isGood)
    throw new Error(
      `what the model answers to ${where} are no probabilities (${values.join(', ')}): export it with probabilities, not with raw scores`,
    )
}

async function findFailing(columns: Columns, ask: (columns: Columns) => Promise<unknown>) {
  const rows = Object.values(columns)[0]?.length ?? 0
  for (let row = 0; row < rows; row++) {
    const one = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [column[row] ?? null]]))
    const failed = await ask(one).then(
      () => false,
      () => true,
    )
    if (failed) return row
  }
  return undefined
}
