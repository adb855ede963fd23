/** What a stretch of a table adds to the target files, in pieces; numbers of records count from the beginning of the stretch. */
import { utf8 } from '../../../canonical.ts'
import { hashOfKey } from '../plan/key-count.ts'
import type { MadeRecord } from './made-row.ts'
import { originTexts, type outputNames, recordText, type StretchPiece } from './output-files.ts'
import type { RowPlace } from './row-joiner.ts'

interface StretchFile {
  text: string
  records: number
  origins: string
  lines: number[]
  ids: number[]
}

export class StretchFiles {
  private readonly names: ReturnType<typeof outputNames>
  private readonly least: number
  private readonly files = new Map<string, StretchFile>()
  private pieces: StretchPiece[] = []

  /** @param least characters of a piece: pieces end with a row, wherever the bytes of the input came to an end meanwhile */
  constructor(names: ReturnType<typeof outputNames>, least: number) {
    this.names = names
    this.least = least
  }

  add(record: MadeRecord, source: string, rows: readonly RowPlace[]): void {
    const { type } = record.table
    const name = this.names.get(type)
    if (!name) return
    const file = this.files.get(type) ?? { text: '', records: 0, origins: '', lines: [], ids: [] }
    this.files.set(type, file)
    file.records++
    file.ids.push(hashOfKey(record.id))
    file.text += recordText(name, record)
    for (const text of originTexts(record, source, rows)) {
      file.origins += text
      file.lines.push(file.records, text.length)
    }
    if (file.text.length + file.origins.length > this.least) this.lay(type, file)
  }

  /** Records so far, by type. */
  get records(): readonly (readonly [type: string, count: number])[] {
    return [...this.files].map(([type, { records }]) => [type, records])
  }

  /** Pieces that are full by now. */
  take(): StretchPiece[] {
    const taken = this.pieces
    this.pieces = []
    return taken
  }

  /** The stretch is over. */
  end(): StretchPiece[] {
    for (const [type, file] of this.files) this.lay(type, file)
    return this.take()
  }

  private lay(type: string, file: StretchFile): void {
    if (file.ids.length === 0) return
    this.pieces.push(
      { kind: 'records', type, bytes: utf8(file.text) },
      { kind: 'origins', type, text: file.origins, lines: Uint32Array.from(file.lines) },
      { kind: 'ids', type, hashes: Float64Array.from(file.ids) },
    )
    Object.assign(file, { text: '', origins: '', lines: [], ids: [] })
  }
}
