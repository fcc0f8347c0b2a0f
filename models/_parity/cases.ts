import { alsCase } from './cases/als.ts'
import { boostingCases } from './cases/boosting.ts'
import { encodingCases } from './cases/encodings.ts'
import { forestCases } from './cases/forests.ts'
import { headCases } from './cases/heads.ts'
import { kMeansCases } from './cases/k-means.ts'
import { linearCases } from './cases/linear.ts'
import { linearPipelineCase } from './cases/linear-pipeline.ts'
import { logisticCases } from './cases/logistic.ts'
import { pcaCase } from './cases/pca.ts'
import type { ParityCase } from './parity-case.ts'

/** Every artefact that must give the numbers of its TypeScript predictor, wherever it runs. */
export const cases: readonly ParityCase[] = [
  ...kMeansCases,
  alsCase,
  ...linearCases,
  ...logisticCases,
  linearPipelineCase,
  pcaCase,
  ...encodingCases,
  ...headCases,
  ...forestCases,
  ...boostingCases,
]
