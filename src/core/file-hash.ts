/** SHA-256 of a file while it is read: by the platform where it offers one, otherwise in portable code; the digest is the same. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { ByteSource, StreamHash } from './operation.ts'

/** Files up to this size are held until their end and digested at once: Web Crypto takes no stream, but is ten times as fast. */
export const heldBytes = 16 << 20

/** Blocks of `sha256-blocks/256MiB`: many readers can digest one file together. */
export const digestBlock = 256 << 20

/**
 * The digest `sha256-blocks/256MiB`: SHA-256 over the SHA-256 (32 bytes each) of every 256 MiB of a file, in lower-case hexadecimal.
 * An empty file has one block. Null where the file is longer and nobody digested its blocks.
 *
 * @param size of the file in bytes  @param digest SHA-256 of all of it
 */
export async function blocksDigest(hash: StreamHash, size: number, digest: string): Promise<string | null> {
  if (hash.blocks) return await hash.blocks()
  return size <= digestBlock ? bytesToHex(sha256(hexToBytes(digest))) : null
}

/** A hash for the bytes of one source, in order. */
export function hashOf(source: ByteSource): StreamHash {
  return source.hash?.() ?? fileHash(source.size)
}

/** A hash for about `size` bytes; more may come. */
export function fileHash(size: number): StreamHash {
  const subtle = globalThis.crypto?.subtle
  return size > heldBytes || subtle === undefined ? new PortableHash() : new HeldHash(subtle)
}

class PortableHash implements StreamHash {
  private readonly hash = sha256.create()

  update(bytes: Uint8Array): void {
    this.hash.update(bytes)
  }

  async digest(): Promise<string> {
    return bytesToHex(this.hash.digest())
  }
}

class HeldHash implements StreamHash {
  private parts: Uint8Array[] = []
  private length = 0
  private longer: PortableHash | null = null
  private readonly subtle: NonNullable<typeof crypto.subtle>

  constructor(subtle: NonNullable<typeof crypto.subtle>) {
    this.subtle = subtle
  }

  update(bytes: Uint8Array): void {
    if (this.longer !== null) {
      this.longer.update(bytes)
      return
    }
    // A chunk belongs to its reader, which may reuse it.
    this.parts.push(bytes.slice())
    this.length += bytes.length
    if (this.length <= heldBytes) return
    this.longer = new PortableHash()
    for (const part of this.parts) this.longer.update(part)
    this.parts = []
  }

  async digest(): Promise<string> {
    if (this.longer !== null) return this.longer.digest()
    const whole = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      whole.set(part, at)
      at += part.length
    }
    this.parts = []
    return bytesToHex(new Uint8Array(await this.subtle.digest('SHA-256', whole)))
  }
}
