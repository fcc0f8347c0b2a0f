import { wasmMemoryBytes, workerdOrtWithin } from '#models/_runtime/ort-workerd.ts'
import { createEncodeApp } from './app.ts'

/** An isolate has 128 MB for everything; the encoder needs 33 MB, and less than this for the longest text. */
const limitBytes = 60_000_000

/** Turns texts into vectors. Other functions call it by service binding; it has no public address. */
export default createEncodeApp(workerdOrtWithin(limitBytes), { bytes: wasmMemoryBytes, limitBytes })
