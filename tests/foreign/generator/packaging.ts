/** Files of both sides: tables in the encoding, delimiter and line ends of the old system; NDJSON, Bundles or tables of the new one. */
import { gzipSync } from 'node:zlib'
import type { Choices } from './choices.ts'
import { jsonText } from './json.ts'
import type { LegacyTable } from './legacy.ts'
import type { Resource } from './target-fhir.ts'
import type { TargetTable } from './target-tables.ts'

export interface MadeFile {
  readonly name: string
  /** Legacy table, or resource type or table of the target where the file holds one. */
  readonly table: string
  readonly bytes: Uint8Array
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Characters of windows-1252 outside Latin-1 that the generator uses. */
const windows: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['’', 0x92],
  ['–', 0x96],
  ['œ', 0x9c],
])

function encoded(text: string, { encoding, mark }: Choices['file']): Uint8Array {
  if (encoding === 'utf-8') return utf8(mark ? `\uFEFF${text}` : text)
  return Uint8Array.from([...text], (letter) => {
    const code = windows.get(letter) ?? letter.codePointAt(0) ?? 0
    if (code > 0xff) throw new Error(`“${letter}” is not in windows-1252`)
    return code
  })
}

export function csvOf(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { delimiter, newline, quoteAll }: Pick<Choices['file'], 'delimiter' | 'newline' | 'quoteAll'>,
): string {
  const cell = (text: string): string =>
    quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return [columns, ...rows].map((row) => row.map(cell).join(delimiter) + newline).join('')
}

export function legacyFile(choices: Choices, { name, columns, rows }: LegacyTable): MadeFile {
  return { name: `${name}.csv`, table: name, bytes: encoded(csvOf(columns, rows, choices.file), choices.file) }
}

export function tableFile({ name, columns, rows }: TargetTable): MadeFile {
  const text = csvOf(columns, rows, { delimiter: ',', newline: '\n', quoteAll: false })
  return { name: `${name}.csv`, table: name, bytes: utf8(text) }
}

function packed(name: string, table: string, text: string, gzip: boolean): MadeFile {
  return gzip ? { name: `${name}.gz`, table, bytes: gzipSync(utf8(text)) } : { name, table, bytes: utf8(text) }
}

function grouped<T>(list: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

export function fhirFiles({ packing }: Choices, resources: readonly Resource[]): MadeFile[] {
  const gzip = packing.endsWith('-gzip')
  if (packing === 'ndjson' || packing === 'ndjson-gzip')
    return [...grouped(resources, ({ type }) => type)].map(([type, list]) =>
      packed(`${type}.ndjson`, type, list.map(({ body }) => `${jsonText(body)}\n`).join(''), gzip),
    )
  const entry = (one: Resource) => ({ fullUrl: one.fullUrl, resource: one.body, request: { method: 'POST', url: one.type } })
  if (packing === 'collection') {
    const entries = resources.map(({ fullUrl, body }) => ({ fullUrl, resource: body }))
    return [packed('everything.json', 'Bundle', jsonText({ resourceType: 'Bundle', type: 'collection', entry: entries }), false)]
  }
  return [...grouped(resources, ({ owner }) => owner).values()].map((list, i) =>
    packed(
      `bundle-${String(i + 1).padStart(2, '0')}.json`,
      'Bundle',
      jsonText({ resourceType: 'Bundle', type: 'transaction', entry: list.map(entry) }),
      gzip,
    ),
  )
}
