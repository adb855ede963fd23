/**
 * How often somebody may try to come in. A clinic stands behind one address, so what is counted per address is generous, and what fails is
 * counted by the passkey that was tried: one person who mistypes, or one guest who guesses, locks nobody else out.
 */
import { networkOf } from './network.ts'

const span = 10 * 60 * 1000

/** In ten minutes. Links and passkeys can not be guessed in numbers; these keep the server from being flooded. */
const asksPerAddress = 600
const asksPerSession = 60
const asksInAll = 6_000
const failuresPerPasskey = 20
const failuresPerAddress = 100
const failuresInAll = 2_000
/** In a flood of many addresses each still has so many: nobody spends what others come in by. */
const asksInFlood = 20
const failuresInFlood = 5
/** Names that are counted at once; above it the oldest are forgotten. */
const mostNames = 100_000

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
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= mostNames) break
      this.#held.delete(oldest)
    }
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
    return this.#ask(networkOf(address), this.#asks.all(this.#now()) < asksInAll ? asksPerAddress : asksInFlood)
  }

  /** Whether this session may ask for what begins a sign-in; asking counts. */
  maySessionAsk(digest: string): boolean {
    return this.#ask(`session ${digest}`, asksPerSession)
  }

  #ask(name: string, most: number): boolean {
    const now = this.#now()
    if (this.#asks.get(name, now) >= most) return false
    this.#asks.add(name, now)
    return true
  }

  /** Whether what is tried may be tried: a passkey that is known here by its own failures, anything else by those of its address. */
  mayTry(address: string, passkey: string | null): boolean {
    const now = this.#now()
    if (passkey !== null) return this.#failures.get(`passkey ${passkey}`, now) < failuresPerPasskey
    const most = this.#failures.all(now) < failuresInAll ? failuresPerAddress : failuresInFlood
    return this.#failures.get(networkOf(address), now) < most
  }

  failed(address: string, passkey: string | null): void {
    this.#failures.add(passkey === null ? networkOf(address) : `passkey ${passkey}`, this.#now())
  }
}
