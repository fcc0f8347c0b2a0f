import { buildEncoders } from '#infra/encoders/build-encoders.ts'
import { NoWeights } from '#infra/encoders/fetch-weights.ts'
import { safetensors } from '#infra/encoders/minilm-weights.ts'

/** As sysexits.h numbers it: what is needed cannot be had now. The local start goes on without. */
const temporaryFailure = 75

/**
 * `npm run encoders`: fetches the encoder's weights and rewrites them into `dist/encoders`, unless they are there.
 * AUSPEX_ENCODER_DIR names a folder with the original files, where nothing can be fetched.
 */
try {
  await buildEncoders({ tell: (line) => console.error(line) })
} catch (error) {
  if (!(error instanceof NoWeights)) throw error
  console.error(error.message)
  console.error(`Without them no text can be searched for by its meaning; everything else works. Where nothing can be fetched,
put ${safetensors.name} and tokenizer.json of all-MiniLM-L6-v2 into a folder and name it AUSPEX_ENCODER_DIR.`)
  process.exit(temporaryFailure)
}
