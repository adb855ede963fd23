/** Files that the own role does not allow, as the server said: they stay here, and everything else goes. */
import { digestOfFile } from './waiting.ts'

type Unsent = ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>

export class Barred {
  /** SHA-256 of the state that was refused; null of a removal. */
  readonly #refused = new Map<string, string | null>()
  #why: string | null = null

  /** The server's sentence, while one of these files still waits. */
  get why(): string | null {
    return this.#refused.size === 0 ? null : this.#why
  }

  paths(): readonly string[] {
    return [...this.#refused.keys()]
  }

  clear(): void {
    this.#refused.clear()
  }

  /** Without what was refused; what is as the server has it by now, or was changed since, is refused no longer. */
  allowedOf(unsent: Unsent): Unsent {
    for (const [path, digest] of this.#refused) if (stateOf(unsent.get(path)) !== digest) this.#refused.delete(path)
    return new Map([...unsent].filter(([path]) => !this.#refused.has(path)))
  }

  /** True where some of what was sent is refused now, and the rest may go. */
  add(foreign: readonly string[], sent: Unsent, why: string): boolean {
    const fresh = foreign.filter((path) => sent.has(path) && !this.#refused.has(path))
    for (const path of fresh) this.#refused.set(path, stateOf(sent.get(path)) ?? null)
    if (fresh.length > 0) this.#why = `${why} Your change stays in this browser.`
    return fresh.length > 0
  }
}

function stateOf(bytes: Uint8Array<ArrayBuffer> | null | undefined): string | null | undefined {
  return bytes ? digestOfFile(bytes) : bytes
}
