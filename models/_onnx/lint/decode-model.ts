import onnxProto, { type onnx } from 'onnx-proto'

const { ModelProto } = onnxProto.onnx

/** How the files begin that people take for ONNX files, and what to do with them. */
const OTHERS: readonly (readonly [start: string, what: string])[] = [
  ['\x80', 'a Python pickle'],
  ['PK', 'a zip archive, such as joblib, Keras and PyTorch write'],
  ['\x89HDF', 'an HDF5 file'],
  ['\x1f\x8b', 'a gzip archive: unpack it'],
  ['tree\n', 'a LightGBM text model'],
  ['CBM1', "CatBoost's own format"],
  ['{', 'JSON, such as XGBoost and CatBoost write'],
  ['version https://git-lfs', 'a pointer of Git LFS, not the file: run git lfs pull'],
]

export type Decoded = { ok: true; model: onnx.ModelProto; graph: onnx.IGraphProto } | { ok: false; problem: string }

/** Reads an ONNX file, or says why it is none. Never throws. */
export function decodeModel(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { ok: false, problem: 'it is empty' }
  const start = String.fromCharCode(...bytes.subarray(0, 30))
  const other = OTHERS.find(([prefix]) => start.startsWith(prefix))
  if (other !== undefined)
    return { ok: false, problem: `it is not an ONNX file but starts like ${other[1]}: export the model to ONNX` }
  try {
    const model = ModelProto.decode(bytes)
    if (model.graph) return { ok: true, model, graph: model.graph }
    return { ok: false, problem: 'it has no graph: it is not an ONNX file, or one that holds no model' }
  } catch (error) {
    // The only thing that protobuf throws a RangeError for: a length that goes beyond the end.
    const isShort = error instanceof RangeError && error.message.startsWith('index out of range')
    const problem = isShort
      ? 'it is not an ONNX file, or one that was cut off: a part of it ends after the last byte'
      : 'it is not an ONNX file'
    return { ok: false, problem }
  }
}
