const oid = { bool: 16, int2: 21, int4: 23, json: 114, float4: 700, float8: 701, jsonb: 3802 }

/** Array types of Postgres, by the type of what they hold. Others than these hold text as far as JSON is concerned. */
const elementTypes = new Map([
  [1000, oid.bool],
  [1005, oid.int2],
  [1007, oid.int4],
  [199, oid.json],
  [1021, oid.float4],
  [1022, oid.float8],
  [3807, oid.jsonb],
  ...[1001, 1002, 1009, 1014, 1015, 1016, 1028, 1115, 1182, 1183, 1185, 1187, 1231, 1270, 2951, 1041, 651].map(
    (arrayType): [number, number] => [arrayType, 25],
  ),
])

/** What Postgres wrote, as JSON where JSON can hold it without loss; everything else stays text. */
export function textToJson(text: string, dataTypeId: number): unknown {
  const elementType = elementTypes.get(dataTypeId)
  if (elementType !== undefined) return readArray(text, elementType)
  switch (dataTypeId) {
    case oid.bool:
      return text === 't'
    case oid.int2:
    case oid.int4:
      return Number(text)
    case oid.float4:
    case oid.float8:
      // NaN and the infinities have no number in JSON.
      return Number.isFinite(Number(text)) ? Number(text) : text
    case oid.json:
    case oid.jsonb:
      return JSON.parse(text)
    default:
      return text
  }
}

/** `{1,NULL,{"a \"b\"",c}}`: quoted elements, bare elements, and lists, with the separators between them. */
const arrayToken = /"((?:[^"\\]|\\.)*)"|([^{},"]+)|([{}])/gsy

function readArray(text: string, elementType: number): unknown[] {
  const root: unknown[] = []
  const open: unknown[][] = [root]
  // Bounds other than 1 are written in front: [0:1]={1,2}
  let offset = text.indexOf('{')
  while (offset < text.length) {
    if (text[offset] === ',') offset++
    arrayToken.lastIndex = offset
    const [token = '', quoted, bare, brace] = arrayToken.exec(text) ?? []
    if (token === '') return root
    offset += token.length
    if (brace === '{') open.push([])
    else if (brace === '}') open.at(-2)?.push(open.pop())
    else open.at(-1)?.push(readElement(quoted, bare, elementType))
  }
  return Array.isArray(root[0]) ? root[0] : root
}

function readElement(quoted: string | undefined, bare: string | undefined, elementType: number): unknown {
  if (quoted !== undefined) return textToJson(quoted.replace(/\\(.)/gs, '$1'), elementType)
  return bare === 'NULL' || bare === undefined ? null : textToJson(bare, elementType)
}
