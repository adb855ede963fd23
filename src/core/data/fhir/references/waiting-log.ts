/** Where open references stand: one row of typed arrays per occurrence, so that a missing target is told at every place within the budget. */
import type { Hash64 } from './id-hash.ts'
import { type WaitingWords, WordStore } from './waiting-words.ts'

/** high 4, low 4, place 4, record 4, line 4, byte 8, path 2, patient 8, words 4. */
const bytesPerRow = 42
const rowsPerChunk = 8192
/** Paths with indexes that are told apart; further ones are told without indexes. */
const mostPaths = 65535
export interface WaitingRow {
  readonly hash: Hash64
  readonly place: number
  readonly record: number
  readonly line: number
  readonly byte: number
  /** Null where too many different paths were met. */
  readonly path: string | null
  /** Hash of the patient concerned, or null. */
  readonly patient: Hash64 | null
  /** Null where the texts found no room. */
  readonly words: WaitingWords | null
}

type NewRow = Omit<WaitingRow, 'words' | 'path'> & { readonly path: string; readonly words: WaitingWords }

interface Chunk {
  readonly whole: Uint32Array
  readonly byte: Float64Array
  readonly path: Uint16Array
}

/** Columns of `whole`. */
const columns = 8

export class WaitingLog {
  private rows = 0
  /** Additions since resolved rows were last taken out. */
  private sinceCompact = 0
  private readonly chunks: Chunk[] = []
  private readonly most: number
  private readonly isKnown: (hash: Hash64) => boolean
  private readonly paths = new Map<string, number>()
  private readonly pathList: string[] = ['']
  private readonly words: WordStore

  /** `budget` in bytes, half of it for texts. `isKnown` tells whether a target has been seen meanwhile; its rows then make room for others. */
  constructor(budget: number, isKnown: (hash: Hash64) => boolean) {
    this.most = Math.max(1, Math.floor(budget / 2 / bytesPerRow / rowsPerChunk)) * rowsPerChunk
    this.words = new WordStore(budget / 2)
    this.isKnown = isKnown
  }

  /** False where the row, its path and its texts would not be kept whole; rows whose target came meanwhile are taken out first. */
  hasRoom(row: Pick<NewRow, 'path' | 'words'>): boolean {
    const fits = (): boolean => this.rows < this.most && this.words.hasRoom(row.words)
    if (!fits()) this.makeRoom()
    return fits() && (this.paths.has(row.path) || this.pathList.length < mostPaths)
  }

  add(row: NewRow): void {
    if (this.rows >= this.most || !this.words.hasRoom(row.words)) this.makeRoom()
    this.sinceCompact++
    if (this.rows >= this.most) return
    this.put(
      this.rows++,
      row.hash,
      row.place,
      row.record,
      row.line,
      row.byte,
      this.pathNumber(row.path),
      row.patient,
      this.words.keep(row.words),
    )
  }

  /** Rows whose target never came, in the order they were met. */
  *unresolved(): Iterable<WaitingRow> {
    for (let number = 0; number < this.rows; number++) {
      const hash = this.hash(number)
      const row = hash === null || this.isKnown(hash) ? null : this.row(number)
      if (row !== null) yield row
    }
  }

  /** Only after an eighth as many additions as there are rows, so that a full log costs no pass per reference. */
  private makeRoom(): void {
    if (this.sinceCompact >= this.rows / 8) this.compact()
  }

  private compact(): void {
    this.sinceCompact = 0
    this.words.restart()
    let to = 0
    for (let from = 0; from < this.rows; from++) {
      const row = this.row(from)
      if (row === null || this.isKnown(row.hash)) continue
      const chunk = this.chunks[Math.floor(from / rowsPerChunk)]
      const at = from % rowsPerChunk
      const words = row.words === null ? 0 : this.words.keep(row.words)
      this.put(to++, row.hash, row.place, row.record, row.line, row.byte, chunk?.path[at] ?? 0, row.patient, words)
    }
    this.rows = to
  }

  private put(
    number: number,
    hash: Hash64,
    place: number,
    record: number,
    line: number,
    byte: number,
    path: number,
    patient: Hash64 | null,
    words: number,
  ): void {
    const chunkNumber = Math.floor(number / rowsPerChunk)
    let chunk = this.chunks[chunkNumber]
    if (!chunk) {
      chunk = {
        whole: new Uint32Array(rowsPerChunk * columns),
        byte: new Float64Array(rowsPerChunk),
        path: new Uint16Array(rowsPerChunk),
      }
      this.chunks[chunkNumber] = chunk
    }
    const at = number % rowsPerChunk
    const { whole } = chunk
    const start = at * columns
    whole[start] = hash.high
    whole[start + 1] = hash.low
    whole[start + 2] = place
    whole[start + 3] = record
    whole[start + 4] = line
    whole[start + 5] = patient?.high ?? 0
    whole[start + 6] = patient?.low ?? 0
    whole[start + 7] = words
    chunk.byte[at] = byte
    chunk.path[at] = path
  }

  private hash(number: number): Hash64 | null {
    const whole = this.chunks[Math.floor(number / rowsPerChunk)]?.whole
    const start = (number % rowsPerChunk) * columns
    return whole ? { high: whole[start] ?? 0, low: whole[start + 1] ?? 0 } : null
  }

  private row(number: number): WaitingRow | null {
    const chunk = this.chunks[Math.floor(number / rowsPerChunk)]
    if (!chunk) return null
    const at = number % rowsPerChunk
    const start = at * columns
    const [high = 0, low = 0, place = 0, record = 0, line = 0, patientHigh = 0, patientLow = 0, words = 0] = chunk.whole.subarray(
      start,
      start + columns,
    )
    const path = chunk.path[at] ?? 0
    return {
      hash: { high, low },
      place,
      record,
      line,
      byte: chunk.byte[at] ?? 0,
      path: path === 0 ? null : (this.pathList[path] ?? null),
      patient: patientHigh === 0 && patientLow === 0 ? null : { high: patientHigh, low: patientLow },
      words: this.words.read(words),
    }
  }

  private pathNumber(path: string): number {
    const known = this.paths.get(path)
    if (known !== undefined) return known
    if (this.pathList.length >= mostPaths) return 0
    this.paths.set(path, this.pathList.length)
    return this.pathList.push(path) - 1
  }
}
