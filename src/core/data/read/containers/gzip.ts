/** Gzip (RFC 1952): members one after the other are one stream; checksum and length of each are verified. */
import { Gunzip } from 'fflate'
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import { Damaged } from './unpacked/damaged.ts'
import { crc32 } from './unpacked/inflate.ts'
import { type UnpackedSource, unpackedSource } from './unpacked/unpacked-source.ts'

/** Unpacked bytes beyond which a file that packs better than any table is not believed. */
const trustedBytes = 8 << 20
const trustedRatio = 500
/** Packed bytes unpacked at a time: few where they pack so well that a step of the usual size would be megabytes. */
const stepBytes = 8 << 10
const denseStepBytes = 256
const denseRatio = 64
/** Members beyond which their size counts: each takes a buffer of its own and about a millisecond, so tiny ones take for ever. */
const trustedMembers = 10_000
const usualMemberBytes = 1 << 10

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/** Unpacks once to learn the size and where damage is; throws `Damaged` only for what is no gzip at all. */
export async function openGzip(
  packed: ByteSource,
  signal: AbortSignal,
): Promise<{ source: UnpackedSource; damage: string | null }> {
  let size = 0
  let damage: string | null = null
  try {
    for await (const chunk of unpack(packed)) {
      stopIfAborted(signal)
      size += chunk.length
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    damage = error.message
    for (const part of error.rest) size += part.length
  }
  const source = unpackedSource(packed.name.replace(/\.(gz|gzip)$/i, ''), size, () => unpack(packed))
  return { source, damage }
}

async function* unpack(packed: ByteSource): AsyncGenerator<Uint8Array> {
  const member = new Member()
  let made = 0
  let done = 0
  const push = (bytes: Uint8Array, last: boolean): readonly Uint8Array[] => {
    const parts = member.push(bytes, last)
    done += bytes.length
    for (const part of parts) made += part.length
    if (made > trustedBytes && made > done * trustedRatio)
      throw new Damaged(`it unpacks to more than ${trustedRatio} times its size, which no table does`, parts)
    return parts
  }
  let step = denseStepBytes
  for await (const chunk of packed.stream())
    for (let at = 0; at < chunk.length && !member.over; ) {
      const before = made
      const bytes = chunk.slice(at, at + step)
      yield* push(bytes, false)
      at += bytes.length
      step = made - before > bytes.length * denseRatio ? denseStepBytes : stepBytes
    }
  if (!member.over) yield* push(new Uint8Array(0), true)
}

/** What is kept of the packed bytes, to find the trailer of a member in. */
const recentBytes = 64 << 10

/** The members of a stream; of the one at hand checksum and length are kept until its trailer is seen. */
class Member {
  /** Only padding follows. */
  over = false
  private crc = 0
  private length = 0
  private parts: Uint8Array[] = []
  private recent: Uint8Array = new Uint8Array(0)
  private seen = 0
  private fault: string | null = null
  private members = 1
  private readonly gunzip: Gunzip

  constructor() {
    this.gunzip = new Gunzip((chunk) => {
      if (chunk.length === 0) return
      this.crc = crc32(chunk, this.crc)
      this.length += chunk.length
      this.parts.push(chunk)
    })
    this.gunzip.onmember = (offset) => {
      const end = this.recent.length - (this.seen - offset)
      if (end < 8 || !this.endsAt(end)) this.fault ??= badSum
      if (++this.members > trustedMembers && this.members * usualMemberBytes > this.seen)
        this.fault ??= `it is cut into more than ${trustedMembers.toLocaleString('en')} pieces of less than ${usualMemberBytes} bytes, which no table is`
      this.crc = 0
      this.length = 0
    }
  }

  push(bytes: Uint8Array, last: boolean): readonly Uint8Array[] {
    this.recent = joined(this.recent.subarray(Math.max(0, this.recent.length - recentBytes)), bytes)
    this.seen += bytes.length
    try {
      this.gunzip.push(bytes, last)
    } catch (error) {
      this.refuse(error)
    }
    const made = this.parts
    this.parts = []
    if (last && !this.over && !this.endsAt(this.recent.length)) this.fault ??= badSum
    if (this.fault !== null) throw new Damaged(this.fault, made)
    return made
  }

  /** Padding after the last member is usual on tapes and harmless; all else is damage. */
  private refuse(error: unknown): void {
    const words = error instanceof Error ? error.message : ''
    if (!/invalid gzip/.test(words)) {
      this.fault = /EOF/.test(words) ? 'its end is missing' : 'its compressed bytes are damaged'
      return
    }
    for (let end = 8; end <= this.recent.length; end++)
      if (this.endsAt(end)) {
        this.over = this.recent.subarray(end).every((byte) => byte === 0)
        break
      }
    if (!this.over) this.fault = 'something that is not gzip follows the compressed data'
  }

  private endsAt(end: number): boolean {
    if (end < 8) return false
    const view = new DataView(this.recent.buffer, this.recent.byteOffset, this.recent.length)
    return view.getUint32(end - 8, true) === this.crc && view.getUint32(end - 4, true) === this.length % 2 ** 32
  }
}

const badSum = 'its checksum does not hold: bytes changed or its end is missing'

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
