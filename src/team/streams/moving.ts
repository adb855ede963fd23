/**
 * The time in which a project is moved here. Its maker sends the ledger as it is, with entries of others, until somebody else comes in; and
 * their own files whatever roles the ledger gives them, until they say that it is over.
 */
import type { Move } from '../../core/team/move.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { countIn, countOrNull, type Database, type Row, textIn } from '../store/database.ts'
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
  readonly #maker: string
  readonly #until: number
  /** The ledger is taken as it is. */
  #isImporting: boolean
  /** The item of `files` at which it ended; null while it goes on. */
  #ended: number | null

  /** @param row what the statement `move-of` gives */
  constructor(settings: MovingSettings, row: Row) {
    this.#settings = settings
    this.#maker = textIn(row, 'made_by')
    this.#until = countIn(row, 'made_at') + longest
    this.#isImporting = row.importing === true
    this.#ended = countOrNull(row, 'move_ended')
  }

  /** Whether this person brings the ledger as it is. */
  isBy(who: Who): boolean {
    return this.#isImporting && this.isOpenFor(who)
  }

  /** Whether this person still sends files of their own as they had them before. */
  isOpenFor({ id }: Who): boolean {
    return this.#ended === null && this.#maker === id && this.#settings.now() < this.#until
  }

  /** Whose move it is, and at which item of `files` it ended. */
  async told(): Promise<Move> {
    if (this.#ended === null && this.#settings.now() >= this.#until) await this.end()
    return { by: this.#maker, ended: this.#ended }
  }

  async end(): Promise<void> {
    if (this.#ended !== null) return
    const { project, database } = this.#settings
    const [, rows = []] = await database.transaction(project, [
      { name: 'lock-project', values: [project] },
      { name: 'end-move', values: [project] },
    ])
    this.#isImporting = false
    const [row] = rows
    if (row) this.#ended = countIn(row, 'move_ended')
  }

  /** Whoever else comes in relies on what they see of the ledger from here on. */
  endFor(who: Who): void {
    if (!this.#isImporting || this.#maker === who.id) return
    const { project, database, say } = this.#settings
    this.#isImporting = false
    database
      .transaction(project, [{ name: 'end-import', values: [project] }])
      .catch((error: unknown) => say(`The ledger of ${project} is still taken as it is: ${errorWords(error)}`))
  }
}
