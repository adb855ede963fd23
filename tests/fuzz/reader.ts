/** What a fuzzed reader is, and how one text stands for the files inside a container. */

export interface FuzzReader {
  readonly name: string
  /** Sound inputs to begin with; mutants of them lead further. */
  readonly seeds: readonly (string | Uint8Array)[]
  /** Words of the format, for mutants that random bytes would never find. */
  readonly words: readonly string[]
  /**
   * Reads the bytes and holds what came out against what was promised. Ends in silence for bytes that were refused in the reader's own way.
   * @throws whatever escapes the reader; `Broken` where its result breaks a promise
   */
  run(bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

/** A reader gave a result that it must not give. */
export class Broken extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'Broken'
  }
}

export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what)
}

/** A refusal is a sentence that a person can act on. */
export function demandSentence(text: string): void {
  demand(/^\S[\s\S]*[.!?…”"'):`]\s*$/.test(text) && text.length > 8, `no sentence: ${JSON.stringify(text.slice(0, 200))}`)
}

/** Words that stand inside a sentence. */
export function demandWords(text: string): void {
  demand(text.trim().length > 3, `no words: ${JSON.stringify(text)}`)
}

export function same(before: unknown, after: unknown, what: string): void {
  const [a, b] = [JSON.stringify(before), JSON.stringify(after)]
  if (a === b) return
  let at = 0
  while (a?.[at] === b?.[at]) at++
  const around = (text: string | undefined): string => String(text).slice(Math.max(0, at - 60), at + 60)
  throw new Broken(`${what}: ${around(a)} became ${around(b)}`)
}

const mark = /^@@ (.*)\n/m

/** Files of a container as one input, so that a mutant changes what is inside and the container around it stays sound. */
export function envelope(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([path, text]) => `@@ ${path}\n${text}\n`)
    .join('')
}

/** The files of an `envelope`; bytes outside it are left out. */
export function filesIn(bytes: Uint8Array): Map<string, Uint8Array<ArrayBuffer>> {
  const pieces = Buffer.from(bytes).toString('latin1').split(mark)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (let at = 1; at + 1 < pieces.length; at += 2) {
    const path = Buffer.from(pieces[at] ?? '', 'latin1').toString('utf8')
    files.set(path, Uint8Array.from(Buffer.from((pieces[at + 1] ?? '').replace(/\n$/, ''), 'latin1')))
  }
  return files
}

export const signal = new AbortController().signal

export const textBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'utf8'))
