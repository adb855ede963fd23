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

interface OutputFile {
  readonly path: string
  readonly columns: readonly string[] | null
  text: string
  records: number
  origins: string
  readonly ids: KeyCount
}

/** Bytes that the ids of one target file may take. */
const idBudget = 32 << 20

/** Target files and the origin of their records, in pieces. */
export class OutputFiles {
  private readonly files = new Map<string, OutputFile>()

  constructor(tables: readonly BoundTable[], isFhir: (type: string) => boolean) {
    for (const { type, lines } of tables) {
      if (isFhir(type)) {
        this.files.set(type, {
          path: `${type}.ndjson`,
          columns: null,
          text: '',
          records: 0,
          origins: '',
          ids: new KeyCount(idBudget),
        })
        continue
      }
      const held = this.files.get(type)?.columns ?? []
      const named = lines.flatMap(({ path }) => [path.steps[0]?.name ?? '', ...(path.where?.path.slice(0, 1) ?? [])])
      const columns = [...new Set([...held, ...named])]
      this.files.set(type, { path: `${type}.csv`, columns, text: '', records: 0, origins: '', ids: new KeyCount(idBudget) })
    }
    for (const file of this.files.values()) {
      if (file.columns) file.text = csvText([file.columns])
      file.origins = csvText([['target_record', 'target_id', 'legacy_table', 'record', 'line', 'byte', 'rules']])
    }
  }

  /** `rows` are those the record was made of: each has a line in the file of origins. */
  add({ table, id, value }: MadeRecord, source: string, rows: readonly RowPlace[]): void {
    const file = this.files.get(table.type)
    if (!file) return
    file.records++
    file.ids.add(id)
    file.text += file.columns
      ? csvText([file.columns.map((column) => String(value[column] ?? ''))])
      : `${JSON.stringify(value)}\n`
    const rules = selectorText(table.selector)
    for (const { record, line, byte } of rows)
      file.origins += csvText([[file.records, id, source, record, line, byte, rules].map(String)])
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
        yield { kind: 'partial', value: { path: file.path, bytes: utf8(file.text) } }
        file.text = ''
      }
      if (file.origins.length <= least) continue
      yield { kind: 'partial', value: { path: `origins/${file.path.replace(/\.\w+$/, '')}.csv`, bytes: utf8(file.origins) } }
      file.origins = ''
    }
  }
}
