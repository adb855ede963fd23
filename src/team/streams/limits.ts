/** How much one session may send: a bucket that fills with time. Who sends faster is told to wait, nobody else is slowed down. */

/** Per session; the burst lets somebody who was offline catch up. */
export const appendsPerSecond = 50
const appendBurst = 1_000
export const bytesPerSecond = 2 * 1024 * 1024
const byteBurst = 16 * 1024 * 1024
/** Pointers and selections: 20 per second and map, with room for several. Above it they are dropped, for they promise nothing. */
const presencePerSecond = 120

/** Requests that read, per session; opening a project asks for each of its files once. */
const readsPerSecond = 50
const readBurst = 3_000
/** Bytes of files and of old items that a session reads, and bytes of files that it sends. */
const readBytesPerSecond = 64 * 1024 * 1024
const readByteBurst = 2 * 1024 * 1024 * 1024
const fileBytesPerSecond = 16 * 1024 * 1024
const fileByteBurst = 512 * 1024 * 1024

export const largestPresence = 16 * 1024

export class Bucket {
  readonly #rate: number
  readonly #most: number
  #held: number
  #at: number

  constructor(rate: number, most: number, now: number) {
    this.#rate = rate
    this.#most = most
    this.#held = most
    this.#at = now
  }

  /** Whether so much is there. */
  has(amount: number, now: number): boolean {
    return this.take(0, now) && this.#held >= amount
  }

  /** Takes so much, or nothing where it is not there. */
  take(amount: number, now: number): boolean {
    this.#held = Math.min(this.#most, this.#held + (Math.max(0, now - this.#at) / 1000) * this.#rate)
    this.#at = now
    if (amount > this.#held) return false
    this.#held -= amount
    return true
  }

  /** Takes so much where anything is there at all; what is missing is owed, and fills up first. */
  owe(amount: number, now: number): boolean {
    if (!this.take(0, now) || this.#held <= 0) return false
    this.#held -= amount
    return true
  }
}

/** Shared by the sockets of one session. */
export class SessionLimits {
  readonly #appends: Bucket
  readonly #bytes: Bucket
  readonly #presence: Bucket
  readonly #reads: Bucket
  readonly #readBytes: Bucket
  readonly #fileBytes: Bucket

  constructor(now: number) {
    this.#appends = new Bucket(appendsPerSecond, appendBurst, now)
    this.#bytes = new Bucket(bytesPerSecond, byteBurst, now)
    this.#presence = new Bucket(presencePerSecond, presencePerSecond, now)
    this.#reads = new Bucket(readsPerSecond, readBurst, now)
    this.#readBytes = new Bucket(readBytesPerSecond, readByteBurst, now)
    this.#fileBytes = new Bucket(fileBytesPerSecond, fileByteBurst, now)
  }

  mayAppend(bytes: number, now: number): boolean {
    return this.#appends.take(1, now) && this.#bytes.take(bytes, now)
  }

  /** Before the bytes of a file are taken. */
  maySendFile(bytes: number, now: number): boolean {
    return this.#fileBytes.owe(bytes, now)
  }

  mayRead(now: number): boolean {
    return this.#reads.take(1, now)
  }

  /** Before so many bytes are given. */
  mayReadBytes(bytes: number, now: number): boolean {
    return this.#readBytes.owe(bytes, now)
  }

  mayShow(now: number): boolean {
    return this.#presence.take(1, now)
  }
}
