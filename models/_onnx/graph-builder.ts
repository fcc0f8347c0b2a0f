import onnxProto, { type onnx } from 'onnx-proto'
import type { ExternalData } from './external-data.ts'

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx
const text = new TextEncoder()

/** The newest file format and operator sets that the runtimes in use all know. */
export const IR_VERSION = 9
export const OPSETS = { '': 20, 'ai.onnx.ml': 3 } as const
export type Domain = keyof typeof OPSETS

export type ElementType = 'float' | 'double' | 'int8' | 'uint8' | 'int32' | 'int64' | 'bool' | 'string'

/** Of each axis its length, or the name of one that is known only when the graph runs. */
export type Shape = readonly (number | string)[]

export type Attribute =
  | { int: number }
  | { ints: readonly number[] }
  | { float: number }
  | { floats: ArrayLike<number> }
  | { string: string }
  | { strings: readonly string[] }

export type Constant =
  | { type: 'float'; shape: readonly number[]; values: ArrayLike<number> }
  | { type: 'int8'; shape: readonly number[]; values: Int8Array }
  | { type: 'uint8'; shape: readonly number[]; values: Uint8Array }
  | { type: 'int64'; shape: readonly number[]; values: readonly number[] }
  | { type: 'string'; shape: readonly number[]; values: readonly string[] }

/** Which format and sets of operators a file says that it is written in. */
export interface Versions {
  irVersion: number
  opsets: Readonly<Record<string, number>>
}

/** The name of a tensor that the graph computes, holds or is given. */
export type Value = string

interface NodeOptions {
  domain?: Domain
  attributes?: Readonly<Record<string, Attribute>>
}

/**
 * Writes an ONNX graph node by node. What is added first runs first, and the same calls give the same bytes, so that an
 * artefact can be named by its hash.
 */
export class GraphBuilder {
  readonly #name: string
  readonly #external: ExternalData | undefined
  readonly #nodes: onnx.INodeProto[] = []
  readonly #constants: onnx.ITensorProto[] = []
  readonly #inputs: onnx.IValueInfoProto[] = []
  readonly #outputs: onnx.IValueInfoProto[] = []
  readonly #taken = new Set<string>()

  /** @param external where large constants go instead of into the graph */
  constructor(name: string, external?: ExternalData) {
    this.#name = name
    this.#external = external
  }

  /** A named input; a table `[N, 1]` unless a shape is given. */
  input(name: string, type: ElementType, shape: number | Shape = 1): Value {
    this.#take(name)
    this.#inputs.push(describe(name, type, shape))
    return name
  }

  constant(hint: string, constant: Constant): Value {
    const size = constant.shape.reduce((product, length) => product * length, 1)
    if (size !== constant.values.length)
      throw new Error(`constant ${hint}: shape [${constant.shape}] needs ${size} values, got ${constant.values.length}`)
    const name = this.#fresh(hint)
    const data = this.#external?.take(constant) ?? tensorData(constant)
    this.#constants.push({ name, dims: [...constant.shape], dataType: ELEMENT_TYPES[constant.type], ...data })
    return name
  }

  node(operator: string, inputs: readonly Value[], options: NodeOptions = {}): Value {
    const [first] = this.nodeWithOutputs(operator, inputs, 1, options)
    return first as Value
  }

  nodeWithOutputs(operator: string, inputs: readonly Value[], count: number, options: NodeOptions = {}): Value[] {
    const { domain = '', attributes = {} } = options
    for (const input of inputs)
      if (!this.#taken.has(input)) throw new Error(`node ${operator} reads ${input}, which nothing has made yet`)
    const outputs = Array.from({ length: count }, () => this.#fresh(operator))
    this.#nodes.push({
      name: `${operator}_${this.#nodes.length}`,
      opType: operator,
      domain,
      input: [...inputs],
      output: outputs,
      attribute: Object.entries(attributes).map(([name, attribute]) => ({ name, ...attributeData(attribute) })),
    })
    return outputs
  }

  /** Gives a computed tensor to the caller under a name of its own; a table `[N, 1]` unless a shape is given. */
  output(name: string, source: Value, type: ElementType, shape: number | Shape = 1) {
    this.#take(name)
    this.#nodes.push({ name: `output_${name}`, opType: 'Identity', domain: '', input: [source], output: [name] })
    this.#outputs.push(describe(name, type, shape))
  }

  /**
   * Takes over nodes and constants of another graph, under names that nothing else here has.
   *
   * @param given what that graph reads and does not make: its names -> values of this graph
   * @returns what its values are called here
   */
  graft(
    { node = [], initializer = [] }: Pick<onnx.IGraphProto, 'node' | 'initializer'>,
    given: ReadonlyMap<string, Value>,
  ): ReadonlyMap<string, Value> {
    const values = new Map([...given, ['', '']])
    const make = (name: string | null | undefined) => {
      const value = name ? this.#fresh(name) : ''
      values.set(name ?? '', value)
      return value
    }
    for (const tensor of initializer ?? []) this.#constants.push({ ...tensor, name: make(tensor.name) })
    for (const one of node ?? []) {
      const input = (one.input ?? []).map((name) => {
        const value = values.get(name)
        if (value === undefined) throw new Error(`a grafted node reads ${name}, which nothing makes`)
        return value
      })
      this.#nodes.push({
        ...one,
        name: `${one.opType}_${this.#nodes.length}`,
        input,
        output: (one.output ?? []).map(make),
      })
    }
    return values
  }

  /** @param versions other than the usual ones only for what was grafted from elsewhere */
  build(
    metadata: Readonly<Record<string, string>> = {},
    { irVersion, opsets }: Versions = { irVersion: IR_VERSION, opsets: OPSETS },
  ): Uint8Array {
    const model: onnx.IModelProto = {
      irVersion,
      producerName: 'auspex',
      opsetImport: Object.entries(opsets).map(([domain, version]) => ({ domain, version })),
      metadataProps: Object.keys(metadata)
        .sort()
        .map((key) => ({ key, value: metadata[key] ?? '' })),
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    }
    return Uint8Array.from(ModelProto.encode(model).finish())
  }

  #fresh(hint: string): string {
    for (let i = this.#taken.size; ; i++) {
      const name = `${hint}_${i}`
      if (this.#taken.has(name)) continue
      this.#taken.add(name)
      return name
    }
  }

  #take(name: string) {
    if (this.#taken.has(name)) throw new Error(`the name ${name} is used twice in graph ${this.#name}`)
    this.#taken.add(name)
  }
}

/** As ONNX numbers them. */
export const ELEMENT_TYPES = {
  float: TensorProto.DataType.FLOAT,
  double: TensorProto.DataType.DOUBLE,
  int8: TensorProto.DataType.INT8,
  uint8: TensorProto.DataType.UINT8,
  int32: TensorProto.DataType.INT32,
  int64: TensorProto.DataType.INT64,
  bool: TensorProto.DataType.BOOL,
  string: TensorProto.DataType.STRING,
} as const

/** @param shape a number: a table `[N, columns]` */
function describe(name: string, type: ElementType, shape: number | Shape): onnx.IValueInfoProto {
  const axes = typeof shape === 'number' ? ['N', shape] : shape
  const dim = axes.map((axis) => (typeof axis === 'number' ? { dimValue: axis } : { dimParam: axis }))
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } }
}

function tensorData(constant: Constant): onnx.ITensorProto {
  switch (constant.type) {
    case 'float':
      return { floatData: Array.from(constant.values) }
    case 'int8':
    case 'uint8':
      return { int32Data: Array.from(constant.values) }
    case 'int64':
      return { int64Data: [...constant.values] }
    case 'string':
      return { stringData: constant.values.map((value) => text.encode(value)) }
  }
}

function attributeData(attribute: Attribute): onnx.IAttributeProto {
  const types = AttributeProto.AttributeType
  if ('int' in attribute) return { type: types.INT, i: attribute.int }
  if ('ints' in attribute) return { type: types.INTS, ints: [...attribute.ints] }
  if ('float' in attribute) return { type: types.FLOAT, f: attribute.float }
  if ('floats' in attribute) return { type: types.FLOATS, floats: Array.from(attribute.floats) }
  if ('string' in attribute) return { type: types.STRING, s: text.encode(attribute.string) }
  return { type: types.STRINGS, strings: attribute.strings.map((value) => text.encode(value)) }
}
