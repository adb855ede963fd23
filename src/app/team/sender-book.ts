/** Who is who on the server of the open project, asked anew where somebody sends whom this page does not know yet. */
import { nobodyKnown, type Senders } from '../../core/team/senders.ts'

/** Whose word and whose devices are to be judged. */
export interface Asked {
  readonly people: readonly string[]
  readonly devices: readonly string[]
}

/** Milliseconds before the server is asked again that did not answer. */
const retryPause = 2000

export class SenderBook {
  readonly #ask: () => Promise<Senders | null>
  /** What was asked for and is nobody's: a device that came with a copy. */
  readonly #looked = new Set<string>()
  #known = nobodyKnown
  #isOver = false

  /** @param ask null where the server did not say */
  constructor(ask: () => Promise<Senders | null>) {
    this.#ask = ask
  }

  get known(): Senders {
    return this.#known
  }

  learn(senders: Senders): void {
    this.#known = senders
  }

  close(): void {
    this.#isOver = true
  }

  /** With all of these in it, as far as the server knows them; waits for its answer, since nothing is judged by half. */
  async knowing(asked: Asked): Promise<Senders> {
    while (!this.#isOver && !(await this.lookUp(asked))) await new Promise((done) => setTimeout(done, retryPause))
    return this.#known
  }

  /** Asks the server once where somebody of these is not known yet; false where it did not answer. */
  async lookUp(asked: Asked): Promise<boolean> {
    if (this.#lacking(asked).every((each) => this.#looked.has(each))) return true
    const answer = await this.#ask().catch(() => null)
    if (answer === null) return false
    this.#known = answer
    for (const each of this.#lacking(asked)) this.#looked.add(each)
    return true
  }

  #lacking({ people, devices }: Asked): readonly string[] {
    const { people: known, devices: proven } = this.#known
    return [
      ...people.filter((each) => !known.some(({ person }) => person === each)).map((each) => `person ${each}`),
      ...devices.filter((each) => !proven.some(({ device }) => device === each)).map((each) => `device ${each}`),
    ]
  }
}
