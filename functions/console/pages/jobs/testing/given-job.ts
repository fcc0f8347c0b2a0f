import type { Job } from '../../../api/types.ts'

/** A finished job of one row, or as it is told to be. */
export function givenJob(job: Partial<Job> = {}): Job {
  return {
    job_id: `job_${'0'.repeat(32)}`,
    status: 'finished',
    model_name: 'gradient_boosting',
    created_at: '2026-01-01T00:00:00.000Z',
    started_at: '2026-01-01T00:00:00.100Z',
    finished_at: '2026-01-01T00:00:00.200Z',
    result: 10,
    results: [{ value: 10, interval: { lower: 8, upper: 13, coverage: 0.9 }, contributions: { size: 4, age: -1 } }],
    error: null,
    price: 15,
    rows: 1,
    data: { size: [120], age: [3] },
    version_id: `version_${'0'.repeat(32)}`,
    artefact_sha256: 'a'.repeat(64),
    attempts: 1,
    queue_ms: 100,
    run_ms: 12,
    deadline_at: null,
    revision: 3,
    ...job,
  }
}
