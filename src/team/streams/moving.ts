/** The time in which a project is moved here: its maker sends the ledger as it is, with entries of others. */
import { errorWords } from '../../core/values/error-words.ts'
import type { Database } from '../store/database.ts'
import type { Who } from './people.ts'

/** A move that was never ended would let its maker speak for others for good. */
const longest = 24 * 60 * 60 * 1000

export interface MovingSettings {
  readonly project: string
  readonly database: Database
  readonly now: () => number
  readonly say: (sentence: string) => void
}

export class Moving {
  readonly #settings: MovingSettings
  /** Who moves it; null where it is over. */
  #by: string | null
  readonly #until: number

  /** @param madeAt milliseconds since 1970 */
  constructor(settings: MovingSettings, by: string | null, madeAt: number) {
    this.#settings = settings
    this.#by = by
    this.#until = madeAt + longest
  }

  isBy(who: Who): boolean {
    return this.#by === who.id && this.#settings.now() < this.#until
  }

  async end(): Promise<void> {
    const { project, database } = this.#settings
    this.#by = null
    await database.transaction(project, [{ name: 'end-import', values: [project] }])
  }

  /** Whoever else comes in relies on what they see from here on. */
  endFor(who: Who): void {
    if (this.#by === null || this.#by === who.id) return
    const { project, say } = this.#settings
    this.end().catch((error: unknown) => say(`The move of ${project} stays open: ${errorWords(error)}`))
  }
}
