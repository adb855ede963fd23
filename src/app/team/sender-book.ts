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
  async knowing({ people, devices }: Asked): Promise<Senders> {
    const lacking = (): readonly string[] => [
      ...people.filter((each) => !this.#known.people.some(({ person }) => person === each)).map((each) => `person ${each}`),
      ...devices.filter((each) => !this.#known.devices.some(({ device }) => device === each)).map((each) => `device ${each}`),
    ]
    while (!this.#isOver && lacking().some((each) => !this.#looked.has(each))) {
      const answer = await this.#ask().catch(() => null)
      if (answer === null) {
        await new Promise((done) => setTimeout(done, retryPause))
        continue
      }
      this.#known = answer
      for (const each of lacking()) this.#looked.add(each)
    }
    return this.#known
  }
}
