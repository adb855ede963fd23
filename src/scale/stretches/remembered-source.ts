/** A source of which some stretches are remembered, so that opening it again reads nothing of it. */
import { hashOf } from '../../core/file-hash.ts'
import type { ByteSource, StreamHash } from '../../core/operation.ts'

export interface Stretch {
  readonly from: number
  readonly bytes: Uint8Array
}

export class RememberedSource implements ByteSource {
  readonly name: string
  readonly size: number
  private readonly source: ByteSource
  private readonly known: Stretch[]
  private readonly read: (bytes: number) => void
  private readonly keeps: boolean

  /** @param read told of every byte that is read of the source itself  @param keeps what is read is remembered, too */
  constructor(source: ByteSource, known: readonly Stretch[], read: (bytes: number) => void, keeps = false) {
    this.name = source.name
    this.size = source.size
    this.source = source
    this.known = [...known]
    this.read = read
    this.keeps = keeps
  }

  get remembered(): readonly Stretch[] {
    return this.known
  }

  hash(): StreamHash {
    return hashOf(this.source)
  }

  stream(from = 0, to = this.size): AsyncGenerator<Uint8Array> {
    return this.chunks(from, to, (at, next) => this.source.stream(at, next))
  }

  passing(from = 0, to = this.size): AsyncGenerator<Uint8Array> {
    return this.chunks(from, to, (at, next) => this.source.passing?.(at, next) ?? this.source.stream(at, next))
  }

  private async *chunks(
    from: number,
    to: number,
    read: (from: number, to: number) => AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to; ) {
      const own = this.known.find((one) => one.from <= at && at < one.from + one.bytes.length)
      if (own) {
        const part = own.bytes.subarray(at - own.from, to - own.from)
        at += part.length
        yield part
        continue
      }
      const next = Math.min(to, ...this.known.map((one) => one.from).filter((start) => start > at))
      for await (const chunk of read(at, next)) {
        this.read(chunk.length)
        if (this.keeps) this.known.push({ from: at, bytes: new Uint8Array(chunk) })
        at += chunk.length
        yield chunk
      }
    }
  }
}
