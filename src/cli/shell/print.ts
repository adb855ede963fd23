/** The only writer to the streams of the process. What it says holds foreign names, so no control of a terminal passes. */
import { once } from 'node:events'
import { terminalText } from '../../core/values/terminal-text.ts'
import { inBatches, writeWhole } from '../../io/files/whole-file.ts'

/** To standard output: words for people, and JSON. */
export function printOut(text: string): void {
  process.stdout.write(terminalText(text))
}

/** To standard output, byte for byte where another program reads it; a terminal is no program. */
export function printExact(text: string): void {
  process.stdout.write(process.stdout.isTTY ? terminalText(text) : text)
}

/** A long text in pieces, as `printExact`, as fast as it is taken. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of inBatches(pieces)) {
    printExact(piece)
    if (process.stdout.writableNeedDrain) await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')])
  }
}

/** To standard error: what is said beside the result. */
export function printAside(text: string): void {
  process.stderr.write(terminalText(text))
}

export interface Delivery {
  /** Values of patients may stand in it, or counts from which they can be found: a file is readable by its owner alone. */
  readonly isPrivate: boolean
  /** For programs that need every byte, such as CSV and drawings. */
  readonly isExact?: boolean
}

/** A result to its file, or to standard output where none was named. @throws Unwritten */
export async function deliver(
  file: string | null | undefined,
  text: string,
  { isPrivate, isExact = false }: Delivery,
): Promise<void> {
  if (file !== null && file !== undefined) await writeWhole(file, isExact ? text : terminalText(text), isPrivate)
  else if (isExact) printExact(text)
  else printOut(text)
}

/** Formats in which another program needs every byte. */
const exactFormats: ReadonlySet<string> = new Set(['csv', 'csv-machine'])

export function isExactFormat(format: string): boolean {
  return exactFormats.has(format)
}
