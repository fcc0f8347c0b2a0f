import { headCases } from './cases/heads.ts'
import { linearCases } from './cases/linear.ts'
import { logisticCases } from './cases/logistic.ts'
import { pcaCase } from './cases/pca.ts'
import type { ParityCase } from './parity-case.ts'

/** Every artefact that must give the numbers of its TypeScript predictor, wherever it runs. */
export const cases: readonly ParityCase[] = [...linearCases, ...logisticCases, pcaCase, ...headCases]
