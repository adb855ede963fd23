/** How many bytes the streams of a project take, in all and of each person: nobody fills the disk that all work on. */
import type { Refusal } from '../../core/team/refusal.ts'
import { countIn, type Database, textIn } from '../store/database.ts'
import { refusal } from './refusals.ts'

/** What an item takes beside its bytes: its row, its place in the indexes. */
const perItem = 200

/** Part of a project that one person may take. */
const share = 4

export class Usage {
  readonly #most: number
  readonly #people = new Map<string, number>()
  #all = 0

  private constructor(most: number) {
    this.#most = most
  }

  /** @param most bytes of all streams of the project */
  static async open(project: string, database: Database, most: number): Promise<Usage> {
    const usage = new Usage(most)
    for (const row of await database.query(project, 'bytes-of-people', [project, perItem]))
      usage.#count(textIn(row, 'person'), countIn(row, 'bytes'))
    return usage
  }

  /** An item of so many bytes was stored. */
  add(person: string, bytes: number): void {
    this.#count(person, bytes + perItem)
  }

  /** Why nothing more is taken from this person; null where it is. What waits together may go beyond it once. */
  fault(person: string, bytes: number): Refusal | null {
    if (this.#all + bytes > this.#most)
      return refusal(
        'too-large',
        `The streams of this project hold ${this.#all} bytes on the server; at most ${this.#most} are allowed. Ask who runs it for more (--project-size).`,
      )
    const [own, most] = [this.#people.get(person) ?? 0, Math.floor(this.#most / share)]
    if (own + bytes <= most) return null
    return refusal(
      'too-large',
      `You sent ${own} bytes to this project; at most ${most} are allowed of one person. Ask who runs the server for more (--project-size).`,
    )
  }

  #count(person: string, bytes: number): void {
    this.#all += bytes
    this.#people.set(person, (this.#people.get(person) ?? 0) + bytes)
  }
}
