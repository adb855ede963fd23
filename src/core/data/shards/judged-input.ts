/** What the parts of a run say about one input, asked record by record while the merge reads it. */

import { hashOf } from '../../file-hash.ts'
import type { ByteSource, StreamHash } from '../../operation.ts'
import type { JudgedElsewhere, JudgeSums } from '../validate/validate-input.ts'
import type { JudgedRange } from './validation-part.ts'

export class JudgedInput implements JudgedElsewhere {
  readonly sums: readonly JudgeSums[]
  private readonly ranges: readonly JudgedRange[]
  private readonly source: ByteSource
  private at = 0
  private records = 0
  private next = 0
  /** Offset of the next record that has something to tell. */
  private telling = Number.POSITIVE_INFINITY
  private met = 0
  private counted = true
  private hashedTo = 0
  private hashedRange = 0
  private hash: StreamHash
  private readonly digests: Promise<string>[] = []

  /** `ranges` tile the records of the input. */
  constructor(source: ByteSource, ranges: readonly JudgedRange[]) {
    this.source = source
    this.ranges = [...ranges].sort((a, b) => a.from - b.from)
    this.sums = this.ranges.map(({ sums }) => sums)
    this.hash = hashOf(source)
    this.begin()
  }

  bytes(chunk: Uint8Array): void {
    const start = this.hashedTo
    const end = start + chunk.length
    this.hashedTo = end
    for (let range = this.ranges[this.hashedRange]; range && range.from < end; range = this.ranges[this.hashedRange]) {
      const to = range.to ?? Number.POSITIVE_INFINITY
      this.hash.update(chunk.subarray(Math.max(0, range.from - start), Math.min(chunk.length, to - start)))
      if (to > end) return
      this.digests.push(this.hash.digest())
      this.hash = hashOf(this.source)
      this.hashedRange++
    }
  }

  isQuiet(byte: number): boolean {
    for (let range = this.ranges[this.at]; range && range.to !== null && byte >= range.to; range = this.ranges[this.at])
      this.end()
    const range = this.ranges[this.at]
    if (!range || byte < range.from) {
      this.counted = false
      return false
    }
    this.records++
    while (this.telling < byte) this.advance(range)
    if (this.telling !== byte) return true
    this.met++
    return false
  }

  /** After the reading: 'bytes' where a shard read other bytes, 'records' where its records are not those that the merge met. */
  async fault(): Promise<'bytes' | 'records' | null> {
    while (this.at < this.ranges.length) this.end()
    if (this.digests.length < this.ranges.length) this.digests.push(this.hash.digest())
    const digests = await Promise.all(this.digests)
    if (this.ranges.some(({ sha256 }, i) => sha256 !== digests[i])) return 'bytes'
    return this.counted ? null : 'records'
  }

  private begin(): void {
    const range = this.ranges[this.at]
    this.records = 0
    this.met = 0
    this.next = 0
    this.telling = range?.from ?? 0
    if (range) this.advance(range)
  }

  private advance({ told }: JudgedRange): void {
    const step = told[this.next++]
    this.telling = step === undefined ? Number.POSITIVE_INFINITY : this.telling + step
  }

  private end(): void {
    const range = this.ranges[this.at]
    if (range && (range.records !== this.records || range.told.length !== this.met)) this.counted = false
    this.at++
    this.begin()
  }
}
