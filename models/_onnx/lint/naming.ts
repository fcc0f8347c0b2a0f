import type { onnx } from 'onnx-proto'

/** A name out of a file, as a message can hold it: names may be long, empty or full of control characters. */
export function quote(name: string | null | undefined): string {
  const text = name ?? ''
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

/** Likewise, of a word that needs no quotes when it is what it should be. */
export function show(name: string): string {
  return name.slice(0, 60).replace(/[^\x20-\x7e]/g, '?')
}

/** Where in the file: nodes need not have names, so that their place counts too. */
export function nameNode({ name, opType, domain }: onnx.INodeProto, index: number): string {
  return `node ${index}${name ? ` ${quote(name)}` : ''} (${show(operatorName({ opType, domain }))})`
}

/** `domain.Operator`, or `Operator` for the standard ones, however a file spells their domain. */
export function operatorName({ opType, domain }: onnx.INodeProto): string {
  const plain = domainName(domain)
  return plain ? `${plain}.${opType}` : `${opType}`
}

/** The standard operators have two spellings. */
export function domainName(domain: string | null | undefined): string {
  return domain === 'ai.onnx' ? '' : (domain ?? '')
}
