/** One file of the sample while it grows: counts records and bytes, hashes as it goes, hands over and forgets. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { encode } from './encode.ts'

/** The next bytes of one file. */
export interface SampleChunk {
  readonly path: string
  readonly bytes: Uint8Array
}

export class FileWriter {
  readonly path: string
  records = 0
  bytes = 0
  private readonly encoding: 'utf-8' | 'windows-1252'
  private readonly hash = sha256.create()
  private pending: string[] = []

  constructor(path: string, encoding: 'utf-8' | 'windows-1252') {
    this.path = path
    this.encoding = encoding
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

  /** `sha256:…` of everything taken; the writer is finished afterwards. */
  digest(): string {
    return `sha256:${bytesToHex(this.hash.digest())}`
  }
}
