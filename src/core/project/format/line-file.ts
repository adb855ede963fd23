/** Files of one JSON document per line: what this version can not read of them stays a line, and is written again as it was. */
import { digestOf, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { fits, type Kept, type Schema } from '../../values/document.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { grownBytes } from './grown-bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A line that does not fit, as a newer version may have written it, without its line end. */
export interface UnreadLine {
  /** 1-based. */
  readonly line: number
  readonly text: string
}

export interface LineReading<T> {
  readonly items: readonly T[]
  readonly unread: readonly UnreadLine[]
}

export function readLines<S extends Schema>(text: string, schema: S): LineReading<Kept<S>> {
  const items: Kept<S>[] = []
  const unread: UnreadLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const parsed = parseJson(line)
    if (parsed.ok && fits(parsed.value, schema)) items.push(parsed.value)
    else unread.push({ line: index + 1, text: line })
  }
  return { items, unread }
}

/** The lines of a file that do not fit; none where there is no file. */
export function unreadIn(bytes: Uint8Array | undefined, schema: Schema): readonly string[] {
  return bytes ? readLines(new TextDecoder().decode(bytes), schema).unread.map(({ text }) => text) : []
}

/** Lines of both sides, each once, in one order whoever joins them. */
export function joinedLines(here: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...here, ...other])].sort(compareText)
}

/** The file with those of these lines at its end that it does not hold; the same bytes where it holds them all. */
export function withLines(bytes: Bytes, lines: readonly string[]): Bytes {
  if (lines.length === 0) return bytes
  const held = new Set(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n'))
  const missing = [...new Set(lines)].filter((line) => !held.has(line))
  if (missing.length === 0) return bytes
  return appended(bytes, utf8(missing.map((line) => `${line}\n`).join('')))
}

/** Whether an entry names the event of this line as it stands, whichever version wrote it. */
export function isNamedLine(path: string, line: string, isNamed: (object: string, digest: string) => boolean): boolean {
  const parsed = parseJson(line)
  return parsed.ok && isMembers(parsed.value) && isNamed(`${path}#${String(parsed.value.id)}`, digestOf(parsed.value))
}

/** More whole lines after those of a file; a last line without its end gets one first. */
export function appended(bytes: Bytes, added: Bytes): Bytes {
  const isTorn = added.length > 0 && bytes.length > 0 && bytes.at(-1) !== 0x0a
  return grownBytes(isTorn ? grownBytes(bytes, utf8('\n')) : bytes, added)
}
