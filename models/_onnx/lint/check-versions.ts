import type { onnx } from 'onnx-proto'
import { domainName, quote } from './naming.ts'

export interface VersionRules {
  /** Of the file format. */
  irVersions: readonly [oldest: number, newest: number]
  /** Sets of operators by domain; '' is that of the standard ones. */
  opsets: Readonly<Record<string, readonly [oldest: number, newest: number]>>
}

/** The file and the sets of operators that it is written for are ones that the runtimes know. */
export function* checkVersions({ irVersion, opsetImport, graph }: onnx.ModelProto, rules: VersionRules) {
  const [oldest, newest] = rules.irVersions
  const version = Number(irVersion)
  if (version > newest)
    yield `its format is version ${version}; ${newest} is the newest allowed: export it for an older opset`
  if (version < oldest) yield `its format is version ${version}; ${oldest} is the oldest allowed: export it anew`
  const imported = new Map<string, number>()
  for (const opset of opsetImport) {
    const domain = domainName(opset.domain)
    const before = imported.get(domain)
    imported.set(domain, Number(opset.version))
    if (before === undefined) yield* checkOpset(domain, Number(opset.version), rules)
    else if (before !== Number(opset.version))
      yield `it imports versions ${before} and ${opset.version} of ${describe(domain)}: only one can be meant`
  }
  for (const domain of new Set((graph?.node ?? []).map((node) => domainName(node.domain))))
    if (!imported.has(domain)) yield `it uses ${describe(domain)} and does not say which version of them`
}

function* checkOpset(domain: string, version: number, { opsets }: VersionRules) {
  const range = Object.hasOwn(opsets, domain) ? opsets[domain] : undefined
  if (range === undefined) {
    yield `it imports ${describe(domain)}, which no runtime here has: export it with ONNX's own operators`
    return
  }
  const [oldest, newest] = range
  const hint = `export it with target_opset=${domain ? `{${quote(domain)}: ${newest}}` : newest}`
  if (version > newest)
    yield `it imports version ${version} of ${describe(domain)}; ${newest} is the newest allowed: ${hint}`
  if (version < oldest)
    yield `it imports version ${version} of ${describe(domain)}; ${oldest} is the oldest allowed: ${hint}`
}

function describe(domain: string): string {
  return domain ? `the operators of ${quote(domain)}` : 'the standard operators'
}
