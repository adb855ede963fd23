/** One file of the sample while it grows: counts records and bytes, hashes as it goes, hands over and forgets. */
import { encode } from './encode.ts'

/** The next bytes of one file. */
export interface SampleChunk {
  readonly path: string
  readonly bytes: Uint8Array
}

export class FileWriter<Hash extends { update(bytes: Uint8Array): unknown } = { update(bytes: Uint8Array): unknown }> {
  readonly path: string
  /** Has seen everything taken. */
  readonly hash: Hash
  records = 0
  bytes = 0
  private readonly encoding: 'utf-8' | 'windows-1252'
  private pending: string[] = []

  constructor(path: string, encoding: 'utf-8' | 'windows-1252', hash: Hash) {
    this.path = path
    this.encoding = encoding
    this.hash = hash
  }

  text(text: string): void {
    this.pending.push(text)
  }

  record(text: string): void {
    this.records++
    this.pending.push(text)
  }

  *take(): Iterable<SampleChunk> {
    if (this.pending.length === 0) return
    const bytes = encode(this.pending.join(''), this.encoding)
    this.pending = []
    this.bytes += bytes.length
    this.hash.update(bytes)
    yield { path: this.path, bytes }
  }
}
