/** Order-free checksums: the sum of 128-bit hashes of records modulo 2^128, so that order, file and chunking do not matter. It finds error, not tampering. */

/** Four 32-bit lanes, lowest first. A sum and not XOR: in XOR two equal records would cancel each other out. */
export class Checksum {
  count = 0
  private readonly lanes = new Uint32Array(4)

  add(text: string): void {
    hash128(text, scratch)
    this.addLanes(scratch, 1)
  }

  merge(other: Checksum): void {
    this.addLanes(other.lanes, other.count)
  }

  equals(other: Checksum): boolean {
    return this.count === other.count && this.lanes.every((lane, i) => lane === other.lanes[i])
  }

  /** 32 hexadecimal digits, highest first. */
  toString(): string {
    return [...this.lanes]
      .reverse()
      .map((lane) => lane.toString(16).padStart(8, '0'))
      .join('')
  }

  private addLanes(lanes: Uint32Array, count: number): void {
    let carry = 0
    for (let i = 0; i < 4; i++) {
      const sum = (this.lanes[i] ?? 0) + (lanes[i] ?? 0) + carry
      this.lanes[i] = sum >>> 0
      carry = sum > 0xffffffff ? 1 : 0
    }
    this.count += count
  }
}

const scratch = new Uint32Array(4)

/** 128 bits of a text over its UTF-16 units: four lanes, mixed into each other and finished (MurmurHash3 constants). */
export function hash128(text: string, into: Uint32Array): void {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162
  let d = 0x85a308d3
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x239b961b) + d
    b = Math.imul(rotate(b ^ unit, 13), 0xab0e9789) ^ a
    c = Math.imul(rotate(c + unit, 17), 0x38b34ae5) + b
    d = Math.imul(rotate(d ^ unit, 19), 0xa1e38b93) ^ c
  }
  a ^= text.length
  for (let round = 0; round < 2; round++) {
    a = finish(a + d)
    b = finish(b ^ a)
    c = finish(c + b)
    d = finish(d ^ c)
  }
  into[0] = a
  into[1] = b
  into[2] = c
  into[3] = d
}

function rotate(h: number, by: number): number {
  return (h << by) | (h >>> (32 - by))
}

function finish(h: number): number {
  const x = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  const y = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return y ^ (y >>> 16)
}
