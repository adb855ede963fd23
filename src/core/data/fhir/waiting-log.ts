/** Where open references stand: one row of typed arrays per occurrence, so that a missing target is told at every place within the budget. */
import type { Hash64 } from './id-hash.ts'

/** high 4, low 4, place 4, record 4, line 4, byte 8, path 2, patient 8, words 4. */
const bytesPerRow = 42
const rowsPerChunk = 8192
/** Paths with indexes that are told apart; further ones are told without indexes. */
const mostPaths = 65535
/** Words kept per place: the first ones are read by people, the rest are opened by line and byte. */
const mostWordsPerPlace = 500
const mostWords = 20000

/** Texts of the first occurrences of a place. */
export interface WaitingWords {
  readonly id: string | null
  readonly reference: string
}

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
  readonly words: WaitingWords | null
}

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
  private words = new Map<number, WaitingWords>()
  private nextWords = 1
  private readonly wordsOfPlace = new Map<number, number>()

  /** `isKnown` tells whether a target has been seen meanwhile; its rows then make room for others. */
  constructor(budget: number, isKnown: (hash: Hash64) => boolean) {
    this.most = Math.max(1, Math.floor(budget / bytesPerRow / rowsPerChunk)) * rowsPerChunk
    this.isKnown = isKnown
  }

  add(row: Omit<WaitingRow, 'words' | 'path'> & { readonly path: string; readonly words: WaitingWords }): void {
    this.sinceCompact++
    // Tried again only after as many additions as there is room, so that a full log costs no pass per reference.
    if (this.rows >= this.most && this.sinceCompact > this.most) this.compact()
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
      this.keep(row.place, row.words),
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

  private compact(): void {
    this.sinceCompact = 0
    const kept = new Map<number, WaitingWords>()
    this.wordsOfPlace.clear()
    let to = 0
    for (let from = 0; from < this.rows; from++) {
      const row = this.row(from)
      if (row === null || this.isKnown(row.hash)) continue
      const chunk = this.chunks[Math.floor(from / rowsPerChunk)]
      const at = from % rowsPerChunk
      const words = chunk?.whole[at * columns + 7] ?? 0
      if (row.words !== null) {
        kept.set(words, row.words)
        this.wordsOfPlace.set(row.place, (this.wordsOfPlace.get(row.place) ?? 0) + 1)
      }
      this.put(to++, row.hash, row.place, row.record, row.line, row.byte, chunk?.path[at] ?? 0, row.patient, words)
    }
    this.words = kept
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
      words: this.words.get(words) ?? null,
    }
  }

  private pathNumber(path: string): number {
    const known = this.paths.get(path)
    if (known !== undefined) return known
    if (this.pathList.length >= mostPaths) return 0
    this.paths.set(path, this.pathList.length)
    return this.pathList.push(path) - 1
  }

  private keep(place: number, words: WaitingWords): number {
    const ofPlace = this.wordsOfPlace.get(place) ?? 0
    if (ofPlace >= mostWordsPerPlace || this.words.size >= mostWords) return 0
    this.wordsOfPlace.set(place, ofPlace + 1)
    this.words.set(this.nextWords, words)
    return this.nextWords++
  }
}
