import { headCases } from './cases/heads.ts'
import { linearCase } from './cases/linear.ts'
import type { ParityCase } from './parity-case.ts'

/** Every artefact that must give the numbers of its TypeScript predictor, wherever it runs. */
export const cases: readonly ParityCase[] = [linearCase, ...headCases]
