/** Target files and the origins of their records as they are written, in pieces. */

import { utf8 } from '../../../canonical.ts'
import { counted } from '../../../counted.ts'
import type { NotEvaluated } from '../../../finding.ts'
import type { Update } from '../../../operation.ts'
import { csvText } from '../../../values/csv-text.ts'
import type { OutputChunk } from '../plan/crosswalk.ts'
import { KeyCount } from '../plan/key-count.ts'
import type { BoundTable } from '../plan/plan.ts'
import { selectorText } from '../plan/plan-rows.ts'
import type { MadeRecord } from './made-row.ts'
import type { RowPlace } from './row-joiner.ts'

/** What a stretch of a table adds to the files of one type of records. */
export type StretchPiece =
  | { readonly kind: 'records'; readonly type: string; readonly bytes: Uint8Array }
  /** Lines one behind the other; of each the number of its record, from 1, and its length. */
  | { readonly kind: 'origins'; readonly type: string; readonly text: string; readonly lines: Uint32Array }
  | { readonly kind: 'ids'; readonly type: string; readonly hashes: Float64Array }

/** A target file: its path, and its columns where it is a table. */
interface OutputName {
  readonly path: string
  readonly columns: readonly string[] | null
}

interface OutputFile extends OutputName {
  text: string
  records: number
  origins: string
  readonly ids: KeyCount
}

/** Bytes that the ids of one target file may take. */
const idBudget = 32 << 20

/** The target files of a field map by the type of their records. */
export function outputNames(tables: readonly BoundTable[], isFhir: (type: string) => boolean): ReadonlyMap<string, OutputName> {
  const names = new Map<string, OutputName>()
  for (const { type, lines } of tables) {
    if (isFhir(type)) {
      names.set(type, { path: `${type}.ndjson`, columns: null })
      continue
    }
    const held = names.get(type)?.columns ?? []
    const named = lines.flatMap(({ path }) => [path.steps[0]?.name ?? '', ...(path.where?.path.slice(0, 1) ?? [])])
    names.set(type, { path: `${type}.csv`, columns: [...new Set([...held, ...named])] })
  }
  return names
}

/** A record as its file has it. */
export function recordText({ columns }: OutputName, { value }: MadeRecord): string {
  return columns ? csvText([columns.map((column) => String(value[column] ?? ''))]) : `${JSON.stringify(value)}\n`
}

/** By row that a record was made of its line in the file of origins, without the number of the record at its beginning. */
export function originTexts({ table, id }: MadeRecord, source: string, rows: readonly RowPlace[]): string[] {
  const rules = selectorText(table.selector)
  return rows.map(({ record, line, byte }) => csvText([[id, source, record, line, byte, rules].map(String)]))
}

/** Target files and the origin of their records, in pieces. */
export class OutputFiles {
  private readonly files = new Map<string, OutputFile>()

  constructor(names: ReadonlyMap<string, OutputName>) {
    for (const [type, { path, columns }] of names)
      this.files.set(type, {
        ...{ path, columns, records: 0, ids: new KeyCount(idBudget) },
        text: columns ? csvText([columns]) : '',
        origins: csvText([['target_record', 'target_id', 'legacy_table', 'record', 'line', 'byte', 'rules']]),
      })
  }

  /** `rows` are those the record was made of: each has a line in the file of origins. */
  add(record: MadeRecord, source: string, rows: readonly RowPlace[]): void {
    const file = this.files.get(record.table.type)
    if (!file) return
    file.records++
    file.ids.add(record.id)
    file.text += recordText(file, record)
    for (const text of originTexts(record, source, rows)) file.origins += `${file.records},${text}`
  }

  /** Adds what a stretch made, in the order in which it did. */
  *show(piece: StretchPiece): Generator<Update<OutputChunk, never>> {
    const file = this.files.get(piece.type)
    if (!file) return
    if (piece.kind === 'records') yield chunk(file.path, piece.bytes)
    else if (piece.kind === 'ids') for (const hash of piece.hashes) file.ids.addHash(hash)
    else {
      const { text, lines } = piece
      let origins = ''
      let at = 0
      for (let i = 0; i < lines.length; i += 2) {
        const length = lines[i + 1] ?? 0
        origins += `${file.records + (lines[i] ?? 0)},${text.slice(at, at + length)}`
        at += length
      }
      yield chunk(originsOf(file), utf8(origins))
    }
  }

  /** All pieces of a stretch were shown. @param records that it made, by type */
  endStretch(records: Iterable<readonly [type: string, count: number]>): void {
    for (const [type, count] of records) {
      const file = this.files.get(type)
      if (file) file.records += count
    }
  }

  /** Ids that several records have: of those a new system keeps one. */
  repeatedIds(): NotEvaluated[] {
    return [...this.files.values()].flatMap(({ path, ids: { repeated, full } }) => [
      ...(repeated > 0
        ? [
            {
              what: `Ids of ${path}`,
              why: `${counted(repeated, 'record has', 'records have')} the id of an earlier one, because their rows share a key`,
            },
          ]
        : []),
      ...(full ? [{ what: `Ids of ${path}`, why: 'they are too many to be looked through for repeated ones' }] : []),
    ])
  }

  /** Pieces of at least so many characters. */
  *take(least: number): Generator<Update<OutputChunk, never>> {
    for (const file of this.files.values()) {
      if (file.text.length > least) {
        yield chunk(file.path, utf8(file.text))
        file.text = ''
      }
      if (file.origins.length <= least) continue
      yield chunk(originsOf(file), utf8(file.origins))
      file.origins = ''
    }
  }
}

function originsOf({ path }: OutputName): string {
  return `origins/${path.replace(/\.\w+$/, '')}.csv`
}

function chunk(path: string, bytes: Uint8Array): Update<OutputChunk, never> {
  return { kind: 'partial', value: { path, bytes } }
}
