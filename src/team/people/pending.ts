/** Sign-ins under way: known by a cookie of their own, for ten minutes, used once. They live in memory; a restart begins them again. */
import { randomBytes } from 'node:crypto'

const lifetime = 10 * 60 * 1000
/** More at once are a flood: the oldest are dropped. */
const most = 5000

export class Pending<State> {
  readonly #now: () => number
  readonly #held = new Map<string, { readonly state: State; readonly until: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** The text for the cookie. */
  begin(state: State): string {
    const token = randomBytes(32).toString('base64url')
    const now = this.#now()
    for (const [key, { until }] of this.#held) if (until <= now || this.#held.size >= most) this.#held.delete(key)
    this.#held.set(token, { state, until: now + lifetime })
    return token
  }

  /** What was begun under this token; a second time it is gone. */
  take(token: string | undefined): State | null {
    const held = token === undefined ? undefined : this.#held.get(token)
    if (token !== undefined) this.#held.delete(token)
    return held && held.until > this.#now() ? held.state : null
  }
}
