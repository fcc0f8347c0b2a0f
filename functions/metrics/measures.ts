import { updateCounter } from '#functions/bot/update-measures.ts'
import { encodedTexts, encodedTokens, encodeSeconds } from '#functions/encode/measured-encoders.ts'
import { searchCounter, searchResults, searchSeconds } from '#functions/movies/search-measures.ts'
import { creditCounter, jobCounter, runSeconds, waitSeconds } from '#functions/predict/job-measures.ts'
import type { Measure } from '#shared/measures.ts'
import { cronCounter, cronSeconds, errorCounter, requestCounter, requestSeconds } from '#shared/request-metrics.ts'

/** Everything that functions count. What the store has beside is of an earlier release, and is not told. */
export const measures: readonly Measure[] = [
  requestCounter,
  requestSeconds,
  errorCounter,
  cronCounter,
  cronSeconds,
  jobCounter,
  creditCounter,
  waitSeconds,
  runSeconds,
  searchCounter,
  searchSeconds,
  searchResults,
  encodeSeconds,
  encodedTexts,
  encodedTokens,
  updateCounter,
]
