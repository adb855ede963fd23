/**
 * How often somebody may try to come in. A clinic stands behind one address, so what is counted per address is generous, and what fails is
 * counted by the passkey that was tried: one person who mistypes, or one guest who guesses, locks nobody else out.
 */

const span = 10 * 60 * 1000

/** In ten minutes. Links and passkeys can not be guessed in numbers; these keep the server from being flooded. */
const asksPerAddress = 600
const asksInAll = 6_000
const failuresPerPasskey = 20
const failuresPerAddress = 100
const failuresInAll = 2_000

/** Counts of one kind by name, forgotten with the span in which they were counted. */
class Counts {
  readonly #held = new Map<string, number>()
  #all = 0
  #since = 0

  get(name: string, now: number): number {
    this.#turn(now)
    return this.#held.get(name) ?? 0
  }

  all(now: number): number {
    this.#turn(now)
    return this.#all
  }

  add(name: string, now: number): void {
    this.#turn(now)
    this.#held.set(name, (this.#held.get(name) ?? 0) + 1)
    this.#all++
  }

  #turn(now: number): void {
    if (now - this.#since < span) return
    this.#held.clear()
    this.#all = 0
    this.#since = now
  }
}

export class SignInLimits {
  readonly #now: () => number
  readonly #asks = new Counts()
  readonly #failures = new Counts()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Whether this address may ask now; asking counts. */
  mayAsk(address: string): boolean {
    const [now, place] = [this.#now(), placeOf(address)]
    if (this.#asks.get(place, now) >= asksPerAddress || this.#asks.all(now) >= asksInAll) return false
    this.#asks.add(place, now)
    return true
  }

  /** Whether what is tried may be tried: a passkey that is known here by its own failures, anything else by those of its address. */
  mayTry(address: string, passkey: string | null): boolean {
    const now = this.#now()
    if (passkey !== null) return this.#failures.get(`passkey ${passkey}`, now) < failuresPerPasskey
    return this.#failures.get(placeOf(address), now) < failuresPerAddress && this.#failures.all(now) < failuresInAll
  }

  failed(address: string, passkey: string | null): void {
    this.#failures.add(passkey === null ? placeOf(address) : `passkey ${passkey}`, this.#now())
  }
}

/** One household or ward has a whole network of version 6, so its first half counts. */
function placeOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const filled =
    tail === undefined
      ? first
      : [...first, ...Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0'), ...last]
  return filled
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')
}
