/** What a data package says about files: dialect, encoding, size, digest, and several files that are one table. */

import type { ByteSource } from '../../operation.ts'
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import type { ValidateSource } from '../model/validation.ts'
import { encodingName } from '../read/text/encoding.ts'
import { take } from '../read/text/stretches.ts'

/** The resource of a file: by table name, by the name of one of its files. */
export function resourceOf(dataPackage: JsonObject, table: string, file: string): JsonObject | null {
  const resources = Array.isArray(dataPackage.resources) ? dataPackage.resources.filter(isMembers) : []
  const like = (a: JsonValue | undefined, b: string): boolean => typeof a === 'string' && a.toLowerCase() === b.toLowerCase()
  return (
    resources.find((resource) => pathsOf(resource).some((path) => lastPart(path) === file)) ??
    resources.find((resource) => resource.name === table) ??
    resources.find((resource) => pathsOf(resource).some((path) => lastPart(path).replace(/\.[^.]+$/, '') === table)) ??
    // PERSON.csv is the table person of a model.
    resources.find((resource) => like(resource.name, table)) ??
    null
  )
}

export function pathsOf(resource: JsonObject): readonly string[] {
  const { path } = resource
  return (Array.isArray(path) ? path : [path]).filter((one) => typeof one === 'string')
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path
}

/**
 * Inputs as their package describes them: choices of a person win over its dialect, and files of one resource become one input, in the
 * order of its paths. Inputs that the package does not know stay as they are.
 */
export async function asPackaged(
  inputs: readonly ValidateSource[],
  dataPackage: JsonObject,
  signal: AbortSignal,
): Promise<ValidateSource[]> {
  const done: ValidateSource[] = []
  const joined = new Set<JsonObject>()
  for (const input of inputs) {
    const resource = resourceOf(dataPackage, input.table, input.source.name)
    if (!resource) {
      done.push(input)
      continue
    }
    const names = pathsOf(resource).map(lastPart)
    const parts = names.flatMap((name) => inputs.filter((one) => one.source.name === name && one.side === input.side))
    if (names.length < 2 || parts.length < 2)
      done.push(declaredAs(input, resource, dataPackage, names.length > 1 && parts.length < names.length))
    else if (!joined.has(resource)) {
      joined.add(resource)
      const source = await joinedSource(
        parts.map((part) => part.source),
        resource,
        signal,
      )
      done.push(declaredAs({ ...input, source }, resource, dataPackage, parts.length < names.length))
    }
  }
  return done
}

/** What a package can change of the input of a run. */
interface PackagedInput {
  readonly inputs: readonly ValidateSource[]
  readonly package?: JsonObject | null
}

/** A run as the packages in it describe its files; where each input carries its own package, inputs stay as many as they are. */
export async function withPackages<Input extends PackagedInput>(input: Input, signal: AbortSignal): Promise<Input> {
  if (input.package) return { ...input, inputs: await asPackaged(input.inputs, input.package, signal), package: null }
  const inputs = input.inputs.map((given) => {
    if (!given.schema || given.declared || !Array.isArray(given.schema.resources)) return given
    const resource = resourceOf(given.schema, given.table, given.source.name)
    return resource ? declaredAs(given, resource, given.schema, false) : given
  })
  return { ...input, inputs }
}

function declaredAs(input: ValidateSource, resource: JsonObject, dataPackage: JsonObject, partial: boolean): ValidateSource {
  const name = typeof resource.name === 'string' && resource.name !== '' ? resource.name : input.table
  const { reading, refused } = readingOfDialect(resource)
  const notEvaluated = refused.map((what) => ({
    what: `${what} of the resource ${name}`,
    why: 'The dialect is recognised from the file; this part of its description is not used.',
  }))
  if (partial) notEvaluated.push({ what: `The resource ${name} as a whole`, why: 'Not all of its files are part of this run.' })
  if (typeof resource.schema === 'string')
    notEvaluated.push({
      what: `The schema of the resource ${name}`,
      why: 'It is in a file of its own; give that file as the schema.',
    })
  const hash = typeof resource.hash === 'string' ? resource.hash.toLowerCase() : null
  const sha256 = hash?.startsWith('sha256:') ? hash.slice(7) : null
  if (hash !== null && sha256 === null)
    notEvaluated.push({
      what: `The digest of the resource ${name}`,
      why: 'It is not SHA-256, the only digest that is calculated.',
    })
  const whole = pathsOf(resource).length < 2
  return {
    ...input,
    table: name,
    reading: { ...reading, ...input.reading },
    schema: isMembers(resource.schema) ? resource.schema : input.schema === dataPackage ? null : input.schema,
    declared: {
      resource: name,
      bytes: whole && typeof resource.bytes === 'number' ? resource.bytes : null,
      sha256: whole ? sha256 : null,
      notEvaluated,
    },
  }
}

const used = ['header', 'headerRows', 'delimiter', 'quoteChar', 'doubleQuote', 'escapeChar', 'nullSequence', 'sheetName']
/** Recognised from the bytes, whatever is declared. */
const recognised = ['$schema', 'name', 'title', 'type', 'lineTerminator', 'skipInitialSpace', 'csvddfVersion', 'headerJoin']

/** Choices of reading that a dialect (version 1 or 2) and the encoding of a resource make. */
export function readingOfDialect(resource: JsonObject): {
  readonly reading: ReadingChoices
  readonly refused: readonly string[]
} {
  const dialect = isMembers(resource.dialect) ? resource.dialect : {}
  const text = (name: string): string | undefined => (typeof dialect[name] === 'string' ? dialect[name] : undefined)
  const encoding = typeof resource.encoding === 'string' ? encodingName(resource.encoding) : null
  const rows = headerRowsOf(dialect.header, dialect.headerRows)
  const quote = text('quoteChar')
  const escapeWith = text('escapeChar')
  const nulls = text('nullSequence')
  const delimiter = text('delimiter')
  const sheet = text('sheetName')
  const refused = Object.keys(dialect).filter((name) => !used.includes(name) && !recognised.includes(name))
  if (rows === 'scattered') refused.push('headerRows')
  return {
    reading: {
      ...(encoding === null ? {} : { encoding }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(quote === undefined ? {} : { quote }),
      ...(escapeWith === undefined ? {} : { escape: escapeWith }),
      ...(nulls === undefined ? {} : { nulls: [nulls] }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(rows === null || rows === 'scattered' ? {} : rows),
    },
    refused: refused.map((name) => `/dialect/${name}`),
  }
}

/** Rows are numbered from 1; the header can be read where they follow each other. */
function headerRowsOf(header: JsonValue | undefined, given: JsonValue | undefined): ReadingChoices | 'scattered' | null {
  if (header === false) return { headerRows: 0 }
  const rows = Array.isArray(given) ? given.filter((row) => typeof row === 'number').sort((a, b) => a - b) : []
  const first = rows[0]
  if (first === undefined) return header === true ? { headerRows: 1 } : null
  return rows.every((row, i) => row === first + i)
    ? { headerRows: rows.length, ...(first > 1 ? { skipRows: first - 1 } : {}) }
    : 'scattered'
}

const headBytes = 64 << 10

/** Files one behind the other; the header of the first is left out of the others where they repeat it. */
async function joinedSource(parts: readonly ByteSource[], resource: JsonObject, signal: AbortSignal): Promise<ByteSource> {
  const heads: Uint8Array[] = []
  for (const part of parts) heads.push(firstLine(await take(part, 0, Math.min(headBytes, part.size), signal)))
  const [first = new Uint8Array(0)] = heads
  const isHeaderless = isMembers(resource.dialect) && resource.dialect.header === false
  const skips = heads.map((head, i) => (i > 0 && !isHeaderless && sameBytes(head, first) ? head.length : 0))
  const breaks: boolean[] = []
  for (const [i, part] of parts.entries()) {
    const last = part.size === 0 ? new Uint8Array([10]) : await take(part, part.size - 1, part.size, signal)
    breaks.push(i < parts.length - 1 && last[0] !== 10 && last[0] !== 13)
  }
  const pieces = parts.flatMap((part, i) => [
    { part, from: skips[i] ?? 0, size: part.size - (skips[i] ?? 0) },
    ...(breaks[i] ? [{ part: null, from: 0, size: 1 }] : []),
  ])
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0)
  return {
    name: parts.map(({ name }) => name).join(' + '),
    size,
    async *stream(from = 0, to = size) {
      let before = 0
      for (const piece of pieces) {
        const [start, end] = [Math.max(from - before, 0), Math.min(to - before, piece.size)]
        before += piece.size
        if (start >= end) continue
        if (piece.part === null) yield new Uint8Array([10])
        else yield* piece.part.stream(piece.from + start, piece.from + end)
      }
    },
  }
}

function firstLine(bytes: Uint8Array): Uint8Array {
  const at = bytes.indexOf(10)
  return at < 0 ? bytes : bytes.subarray(0, at + 1)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
