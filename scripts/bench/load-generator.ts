import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { pythonOf, type System } from './systems.ts'

const Latency = z.object({ p50_ms: z.number(), p95_ms: z.number() })

const LoadReport = z.object({
  phases: z.array(z.object({ jobs_per_s: z.number(), submit: Latency, submit_to_finished: Latency })),
})

export type LoadReport = z.infer<typeof LoadReport>

/** Runs the load generator against a system; it fails when a job is lost or a wallet does not add up. */
export async function generate(
  peers: string,
  system: System,
  { concurrency, jobs }: { concurrency: number; jobs: number },
): Promise<LoadReport> {
  const out = join(mkdtempSync(join(tmpdir(), 'auspex-bench-')), 'report.json')
  const target = join(peers, 'targets', system.target)
  const load = ['-M', String(jobs), '-C', String(concurrency), '--mode', 'closed', '--label', system.name]
  await run(pythonOf(peers), [
    join(peers, 'loadgen.py'),
    '--target',
    target,
    '--base',
    system.base,
    ...load,
    '--out',
    out,
  ])
  return LoadReport.parse(JSON.parse(readFileSync(out, 'utf8')))
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the load generator ended with ${code}`))))
  })
}
