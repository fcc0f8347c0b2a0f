import { IR_VERSION, OPSETS } from './graph-builder.ts'
import { checkConstants } from './lint/check-constants.ts'
import { checkFlow } from './lint/check-flow.ts'
import { checkForeignInterface, checkInterface, type ModelInterface } from './lint/check-interface.ts'
import { checkLearned } from './lint/check-learned.ts'
import { checkOperators } from './lint/check-operators.ts'
import { checkVersions, type VersionRules } from './lint/check-versions.ts'
import { decodeModel } from './lint/decode-model.ts'

export type { ModelInterface }

export interface ModelRules extends VersionRules {
  /** Operators that every runtime in use knows, as `domain.Operator`, or `Operator` for the standard ones. */
  operators: ReadonlySet<string>
  maxBytes: number
}

/** What the predictors that are made here are made of. */
export const TABULAR_RULES: ModelRules = {
  operators: new Set([
    ...['Add', 'ArgMax', 'ArgMin', 'Cast', 'Concat', 'Div', 'Equal', 'Exp'],
    ...['Gather', 'Greater', 'Identity', 'IsNaN', 'MatMul', 'Max', 'Min', 'Mul', 'Neg'],
    ...['ReduceL2', 'ReduceSum', 'Reshape', 'Softmax', 'StringConcat', 'StringNormalizer', 'StringSplit', 'Sub'],
    ...['TopK', 'Where'],
    ...['ai.onnx.ml.LabelEncoder', 'ai.onnx.ml.TreeEnsembleRegressor'],
  ]),
  maxBytes: 8_000_000,
  irVersions: [3, IR_VERSION],
  opsets: { '': [7, OPSETS['']], 'ai.onnx.ml': [1, OPSETS['ai.onnx.ml']] },
}

/** What other libraries export tabular models to: newer files and more operators, but none that loops or draws lots. */
export const FOREIGN_RULES: ModelRules = {
  operators: new Set([
    ...TABULAR_RULES.operators,
    ...words(`Abs And ArgMax ArgMin BatchNormalization Cast Ceil Clip Constant ConstantOfShape CumSum Div Dropout Elu Equal
      Erf Exp Expand Flatten Floor GatherElements GatherND Gelu Gemm GreaterOrEqual HardSigmoid IsInf LayerNormalization
      LeakyRelu Less LessOrEqual Log LogSoftmax Mean Min Mod Neg Not OneHot Or PRelu Pow Reciprocal ReduceL1 ReduceL2
      ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSumSquare Relu Round Selu Shape Sigmoid
      Sign Slice Softmax Softplus Softsign Split Sqrt Squeeze Sum Tanh Tile TopK Transpose Unsqueeze Xor`),
    ...words(`ArrayFeatureExtractor Binarizer CategoryMapper FeatureVectorizer Imputer LabelEncoder LinearClassifier
      LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier
      TreeEnsembleRegressor ZipMap`).map((operator) => `ai.onnx.ml.${operator}`),
  ]),
  maxBytes: TABULAR_RULES.maxBytes,
  irVersions: [3, 11],
  opsets: { '': [7, 23], 'ai.onnx.ml': [1, 5] },
}

/** A damaged file has as many problems as bytes; nobody reads more than these. */
const MAX_PROBLEMS = 50

/** @throws Error that names what is wrong with an ONNX file */
export function assertModel(bytes: Uint8Array, rules: ModelRules, expected?: ModelInterface) {
  const problems = findModelProblems(bytes, rules, expected)
  if (problems.length > 0) throw new Error(`the ONNX file is not fit to be served:\n- ${problems.join('\n- ')}`)
}

/**
 * Everything that is wrong with an ONNX file: what, where, and what to do about it. Never throws.
 *
 * @param expected inputs and outputs; of a file from elsewhere only that they can be served is asked
 */
export function findModelProblems(bytes: Uint8Array, rules: ModelRules, expected?: ModelInterface): string[] {
  if (bytes.length > rules.maxBytes)
    return [`it has ${bytes.length} bytes; at most ${rules.maxBytes} are allowed: fit fewer or smaller trees`]
  const decoded = decodeModel(bytes)
  if (!decoded.ok) return [decoded.problem]
  const { model, graph } = decoded
  const problems: string[] = []
  const checks = [
    checkVersions(model, rules),
    checkOperators(model, rules.operators),
    checkConstants(graph),
    checkFlow(graph),
    expected === undefined ? checkForeignInterface(graph) : checkInterface(graph, expected),
    checkLearned(graph),
  ]
  for (const check of checks)
    for (const problem of check) if (problems.push(problem) === MAX_PROBLEMS) return [...problems, 'and perhaps more']
  return problems
}

function words(text: string): string[] {
  return text.split(/\s+/)
}
