import { parseArgs } from 'node:util'
import { figuresOf } from './bench/learn/figures.ts'
import { describeLoad, describeMachine } from './bench/learn/machine.ts'
import { markdownTable } from './bench/learn/markdown-table.ts'
import { measureAll } from './bench/learn/measure-all.ts'
import { writePage } from './bench/learn/page.ts'
import { rowSpecs, scalingSpecs } from './bench/learn/rows.ts'
import { scalingOf } from './bench/learn/scaling.ts'
import { blocksOf } from './bench/learn/schedule.ts'

const usage = `npm run bench:learn [-- options]

Trains each learner beside the native libraries, one at a time, and prints how they compare.

--json             print an array of figures as JSON and nothing else (npm run --silent hides npm's own lines)
--only <substring> only the lines whose work or peer has this in it
--repeat <number>  runs of each, of which the fastest counts (3); what takes long runs once
--resume           keep the runs of .cache/bench-learn.json and make only those that lack
--docs             write the figures and plots to docs/learners.md and docs/plots, with those of earlier runs`

const options = {
  json: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  repeat: { type: 'string', default: '3' },
  resume: { type: 'boolean', default: false },
  docs: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

function readOptions() {
  try {
    const { values } = parseArgs({ options })
    const repeats = Number(values.repeat)
    if (!Number.isInteger(repeats) || repeats < 1) throw new Error(`--repeat ${values.repeat} is no number of runs`)
    if (!values.help) return { ...values, repeats }
    console.log(usage)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exitCode = 2
  }
  return undefined
}

async function bench({ only, repeats, resume, docs, json }: NonNullable<ReturnType<typeof readOptions>>) {
  const wanted = only.toLowerCase()
  const rows = rowSpecs.filter(({ work, peer }) => `${work} ${peer}`.toLowerCase().includes(wanted))
  const scaling = wanted === '' || 'scaling'.includes(wanted) ? scalingSpecs : []
  const { measurements, failures } = await measureAll(blocksOf(rows, scaling), { repeats, resume })
  const figures = rows.map((row) => figuresOf(row, measurements))
  if (json) console.log(JSON.stringify(figures, null, 1))
  else console.log(markdownTable(figures))
  if (docs) {
    writePage({
      machine: describeMachine(),
      load: describeLoad(measurements),
      figures: rowSpecs.map((row) => figuresOf(row, measurements)),
      scaling: scalingOf(scalingSpecs, measurements),
    })
  }
  for (const [key, message] of failures) console.error(`\n${key} failed:\n${message}`)
  if (failures.size > 0) process.exitCode = 1
}

const chosen = readOptions()
if (chosen !== undefined) await bench(chosen)
