/** Damage inside cells: NUL bytes, and bytes that are no characters of the encoding. */
import type { Fact } from '../../finding.ts'
import type { TablePlace } from '../model/read-problem.ts'
import type { RecordBlock } from './records/record-block.ts'
import { byteTable, type CellTexts, textOf } from './text/cell-text.ts'
import { INVALID } from './text/high-bytes.ts'
import { HIGH, NUL, type RecordView } from './text/record-view.ts'
import { scannedInPlace, type Transcoder } from './text/transcode.ts'
import { firstInvalidUtf8, hexOf } from './text/utf8.ts'

export interface Damage {
  readonly code: 'data/nul-byte' | 'data/invalid-bytes'
  readonly field: string | null
  /** Index in the bytes of the view. */
  readonly index: number
  readonly facts: readonly Fact[]
  readonly excerpt?: string
}

export class CellDamage {
  private readonly undefinedBytes: ReadonlySet<number>
  private readonly texts: CellTexts
  private readonly place: TablePlace
  private readonly encoding: string
  private readonly transcoder: Transcoder | null

  constructor(
    plan: { readonly texts: CellTexts; readonly place: TablePlace; readonly encoding: string },
    transcoder: Transcoder | null,
  ) {
    this.texts = plan.texts
    this.place = plan.place
    this.encoding = plan.encoding
    this.transcoder = transcoder
    this.undefinedBytes = undefinedBytesOf(plan.encoding)
  }

  /** False where no record of the block, which holds no NUL, holds damage. */
  mayBeIn({ traits }: RecordBlock): boolean {
    if (this.transcoder) return true
    return this.encoding === 'utf-8' ? (traits & INVALID) !== 0 : this.undefinedBytes.size > 0
  }

  *in(view: RecordView): Generator<Damage> {
    for (let cell = 0; cell < view.count; cell++) {
      const flags = view.flags[cell] ?? 0
      const field = this.place.header[cell] ?? null
      if ((flags & NUL) !== 0)
        yield { code: 'data/nul-byte', field, index: view.bytes.indexOf(0, view.starts[cell] ?? 0), facts: [] }
      if ((flags & HIGH) !== 0) yield* this.invalid(view, cell, field)
    }
  }

  private *invalid(view: RecordView, cell: number, field: string | null): Generator<Damage> {
    const start = view.starts[cell] ?? 0
    const end = view.ends[cell] ?? 0
    const found = this.firstBad(view, start, end)
    if (found === null) return
    const facts: Fact[] = [
      { name: 'bytes', value: found.hex },
      { name: 'encoding', value: this.encoding },
    ]
    if (this.encoding === 'utf-8' && isWesternLetter(view.bytes[found.index] ?? 0))
      facts.push({ name: 'read as windows-1252', value: 'a letter: if many places show this, choose that encoding' })
    yield { code: 'data/invalid-bytes', field, index: found.index, facts, excerpt: textOf(this.texts, view, cell) }
  }

  private firstBad(view: RecordView, start: number, end: number): { readonly index: number; readonly hex: string } | null {
    const { bytes, base } = view
    if (this.transcoder) {
      const [bad] = this.transcoder.invalidIn(base + start, base + end)
      return bad ? { index: bad.at - base, hex: bad.hex } : null
    }
    const index = this.encoding === 'utf-8' ? firstInvalidUtf8(bytes, start, end) : this.firstUndefined(bytes, start, end)
    return index < 0 ? null : { index, hex: hexOf(bytes.subarray(index, Math.min(end, index + 4))) }
  }

  private firstUndefined(bytes: Uint8Array, start: number, end: number): number {
    if (this.undefinedBytes.size === 0) return -1
    for (let i = start; i < end; i++) if (this.undefinedBytes.has(bytes[i] as number)) return i
    return -1
  }
}

let letters: ReadonlySet<number> | null = null

function isWesternLetter(byte: number): boolean {
  letters ??= new Set(byteTable('windows-1252').flatMap((char, at) => (at >= 0x80 && /\p{L}/u.test(char) ? [at] : [])))
  return letters.has(byte)
}

/** Bytes that a single-byte encoding does not define: TextDecoder turns them into controls or U+FFFD without a word. */
function undefinedBytesOf(encoding: string): ReadonlySet<number> {
  if (encoding === 'utf-8' || !scannedInPlace(encoding)) return new Set()
  if (encoding === 'us-ascii') return new Set(Array.from({ length: 128 }, (_, i) => 128 + i))
  const found = new Set<number>()
  byteTable(encoding).forEach((char, byte) => {
    if (byte >= 0x80 && /[\u0080-\u009F\uFFFD]/.test(char)) found.add(byte)
  })
  return encoding.startsWith('windows-') ? found : new Set([...found].filter((byte) => byteTable(encoding)[byte] === '\uFFFD'))
}
