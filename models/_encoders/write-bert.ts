import { addBertEncoder, type BertEncoder, type BertLayer, type Linear, type Norm } from '../_onnx/bert-encoder.ts'
import { ExternalData } from '../_onnx/external-data.ts'
import { GraphBuilder } from '../_onnx/graph-builder.ts'
import { quantiseRows, transpose } from './quantise.ts'
import { type FloatTensor, readSafetensors } from './read-safetensors.ts'

/** What of a BERT is not in its weights. */
export interface BertShape {
  layers: number
  heads: number
  normEpsilon: number
  /** Places beyond these are left out: no text is that long. */
  maximumTokens: number
}

export interface EncoderFiles {
  graph: Uint8Array
  weights: Uint8Array
}

/**
 * Writes a sentence encoder that is small enough for a Worker from the original weights: matrices of 8 bits, multiplied in
 * integers, and pooling in the graph. The same weights give the same bytes.
 *
 * Inputs `input_ids` and `attention_mask` int64 `[batch, sequence]`, output `sentence_embedding` `[batch, columns]`.
 *
 * @param weightsName the file that the graph looks for its weights in
 */
export function writeBert(safetensors: Uint8Array, shape: BertShape, weightsName: string): EncoderFiles {
  const external = new ExternalData(weightsName)
  const graph = new GraphBuilder('sentence_encoder', external)
  const tokens = ['batch', 'sequence']
  const model = readBert(readSafetensors(safetensors), shape)
  const ids = graph.input('input_ids', 'int64', tokens)
  const mask = graph.input('attention_mask', 'int64', tokens)
  const columns = model.embeddingNorm.scale.length
  graph.output('sentence_embedding', addBertEncoder(graph, ids, mask, model), 'float', ['batch', columns])
  return { graph: graph.build(), weights: external.bytes() }
}

function readBert(tensors: ReadonlyMap<string, FloatTensor>, shape: BertShape): BertEncoder {
  const { layers, heads, normEpsilon, maximumTokens } = shape
  const tensor = (name: string) => {
    const found = tensors.get(name)
    if (found === undefined) throw new Error(`the weights have no ${name}: they are of another model`)
    return found.values
  }
  const norm = (name: string): Norm => ({ scale: tensor(`${name}.weight`), bias: tensor(`${name}.bias`) })
  const linear = (name: string) => toLinear(tensor(`${name}.weight`), tensor(`${name}.bias`))
  const embeddingNorm = norm('embeddings.LayerNorm')
  const columns = embeddingNorm.scale.length

  function layer(index: number): BertLayer {
    const name = (part: string) => `encoder.layer.${index}.${part}`
    const parts = ['query', 'key', 'value'].map((part) => name(`attention.self.${part}`))
    // Attention divides queries by this: here their weights are.
    const divisors = [Math.sqrt(columns / heads), 1, 1]
    const joined = (member: string) =>
      Float32Array.from(
        parts.flatMap((part, i) => Array.from(tensor(`${part}.${member}`), (value) => value / (divisors[i] ?? 1))),
      )
    return {
      attention: toLinear(joined('weight'), joined('bias')),
      attentionOutput: linear(name('attention.output.dense')),
      attentionNorm: norm(name('attention.output.LayerNorm')),
      intermediate: linear(name('intermediate.dense')),
      output: linear(name('output.dense')),
      outputNorm: norm(name('output.LayerNorm')),
    }
  }

  const kind = tensor('embeddings.token_type_embeddings.weight').subarray(0, columns)
  const places = tensor('embeddings.position_embeddings.weight').subarray(0, maximumTokens * columns)
  return {
    heads,
    normEpsilon,
    words: quantiseRows(tensor('embeddings.word_embeddings.weight'), columns),
    positions: places.map((value, i) => value + (kind[i % columns] ?? 0)),
    embeddingNorm,
    layers: Array.from({ length: layers }, (_, index) => layer(index)),
  }
}

/** @param weights `outputs x inputs`, as PyTorch has them */
function toLinear(weights: Float32Array, bias: Float32Array): Linear {
  const outputs = bias.length
  const inputs = weights.length / outputs
  const { values, scales } = quantiseRows(weights, inputs)
  return { matrix: { values: transpose(values, inputs), inputs, outputs, scales }, bias }
}
