/** Sign-ins under way: known by a cookie of their own, for ten minutes, used once. They live in memory; a restart begins them again. */
import { randomBytes } from 'node:crypto'

const lifetime = 10 * 60 * 1000
/** More at once are a flood. */
const most = 5000

interface Held<State> {
  readonly state: State
  readonly place: string
  readonly until: number
}

export class Pending<State> {
  readonly #now: () => number
  readonly #held = new Map<string, Held<State>>()
  /** Tokens by where they were begun, the oldest first. */
  readonly #places = new Map<string, Set<string>>()

  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * The text for the cookie. In a flood the oldest of the place that has most are dropped: nobody drops what others began.
   * @param place the session or network from which it is begun
   */
  begin(place: string, state: State): string {
    const token = randomBytes(32).toString('base64url')
    const now = this.#now()
    for (const [key, { until }] of this.#held) {
      // The first ones are the oldest.
      if (until > now) break
      this.#drop(key)
    }
    while (this.#held.size >= most) this.#drop(this.#oldestOfMost())
    this.#held.set(token, { state, place, until: now + lifetime })
    this.#places.set(place, (this.#places.get(place) ?? new Set()).add(token))
    return token
  }

  /** What was begun under this token; a second time it is gone. */
  take(token: string | undefined): State | null {
    const held = token === undefined ? undefined : this.#held.get(token)
    if (token !== undefined) this.#drop(token)
    return held && held.until > this.#now() ? held.state : null
  }

  #drop(token: string): void {
    const place = this.#held.get(token)?.place
    this.#held.delete(token)
    if (place === undefined) return
    const tokens = this.#places.get(place)
    tokens?.delete(token)
    if (tokens?.size === 0) this.#places.delete(place)
  }

  #oldestOfMost(): string {
    let largest: ReadonlySet<string> = new Set()
    for (const tokens of this.#places.values()) if (tokens.size > largest.size) largest = tokens
    const [oldest = ''] = largest
    return oldest
  }
}
