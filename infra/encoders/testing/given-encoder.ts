import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import { createOnnxEncoder, type LoadFile } from '#models/_encoders/onnx-encoder.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { createTurns } from '#models/_encoders/turns.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'
import { buildEncoders, encodersFolder } from '../build-encoders.ts'
import { NoWeights } from '../fetch-weights.ts'

/**
 * The folder with the built-in encoder's files, fetched and made if need be.
 *
 * @throws Error that says what to do when no source can be reached
 */
export async function givenEncoderFiles(): Promise<string> {
  try {
    await buildEncoders({ tell: (line) => console.info(line) })
    return encodersFolder
  } catch (error) {
    if (!(error instanceof NoWeights)) throw error
    throw new Error(
      `This test needs the encoder's weights, once. Put them into a folder, and name it AUSPEX_ENCODER_DIR.\n${error.message}`,
    )
  }
}

export function loadFrom(folder: string): LoadFile {
  return async (file) => new Uint8Array(await readFile(join(folder, fileKey(file))))
}

/** The built-in encoder, in Node. */
export async function givenEncoder(): Promise<RunningEncoder> {
  const load = loadFrom(await givenEncoderFiles())
  return createOnnxEncoder(allMiniLm, { load, ort: nodeOrt, turns: createTurns(30_000) })
}
