/** The files of an example as lines, with marks where a run found the code that the page is about. */
import type { PairExample } from '../../data/model/pair-example.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import type { Finding, Sighting } from '../../finding.ts'
import { fieldMapText, pairFilesOf } from './pair-example.ts'
import type { Part } from './parts.ts'
import { shownLines } from './parts.ts'
import { filesOf } from './table-example.ts'

type Marks = Map<number, (readonly [number, number])[]>

/** @param findings what a run says about the files of the example, in their order */
export function markedTables(code: string, example: TableExample, findings: readonly Finding[]): readonly Part[] {
  const own = findings.filter((finding) => finding.code === code)
  return [
    ...(example.asOf === undefined ? [] : [{ kind: 'words', text: `Day of the extract: ${example.asOf}.` } as const]),
    ...markedFiles(filesOf(example), own),
    ...asked(example),
    flagged(own),
  ]
}

/** The same of both sides of a pair, with its field map and value maps. */
export function markedPair(code: string, example: PairExample, findings: readonly Finding[]): readonly Part[] {
  const own = findings.filter((finding) => finding.code === code)
  const files = pairFilesOf(example).map((file) => ({ ...file, name: `${sideWords[file.side ?? 'legacy']}, ${file.name}` }))
  const maps = [
    ['Field map', fieldMapText(example)] as const,
    ...Object.entries(example.values ?? {}).map(([name, text]) => [`Value map ${name}`, text] as const),
  ]
  return [
    // A resource is one line, and what differs may stand at its end.
    ...markedFiles(files, own, 600),
    ...maps.map(([title, text]): Part => ({ kind: 'lines', title, lines: shownLines(text, new Map()) })),
    flagged(own),
  ]
}

const sideWords = { legacy: 'Legacy', target: 'Target' } as const

interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

function markedFiles(files: readonly NamedFile[], own: readonly Finding[], most?: number): readonly Part[] {
  return files.map(({ name, bytes }, input): Part => {
    const text = decoded(bytes)
    if (text === null) return { kind: 'words', text: `${name}: ${bytes.length} bytes that are no text.` }
    const marks: Marks = new Map()
    for (const sighting of own.flatMap(({ sample }) => sample))
      if ('input' in sighting.at && sighting.at.input === input) mark(marks, sighting, text, bytes)
    return { kind: 'lines', title: name, lines: shownLines(text, marks, most) }
  })
}

/** Where the other record of a pair stands, which the marks show. */
const isPlace = /^(?:legacy|target) (?:input|record|line|byte|length|id)$/

function flagged(own: readonly Finding[]): Part {
  const words = own.map(({ place, count, facts = [], sample }) => {
    const said = [...facts, ...(sample[0]?.evidence.facts ?? [])]
      .filter(({ name }) => !isPlace.test(name))
      .map(({ name, value, unit }) => `${name}: ${value ?? 'nothing'}${unit ? ` ${unit}` : ''}`)
    return `Flagged: ${place === '' ? 'the file' : place}, ${count} ${count === 1 ? 'time' : 'times'}${said.length === 0 ? '' : ` (${said.join('; ')})`}.`
  })
  return { kind: 'words', text: words.length === 0 ? 'Nothing is flagged.' : words.join(' ') }
}

/** The schema, the definitions and the settings that the example is judged by. */
function asked({ schema, settings = [], definitions = [] }: TableExample): readonly Part[] {
  const lines = (title: string, value: unknown): Part => ({
    kind: 'lines',
    title,
    lines: shownLines(JSON.stringify(value, null, 1), new Map()),
  })
  return [
    ...(schema ? [lines('Schema', schema)] : []),
    ...definitions.map((each) => lines('Definition', each)),
    ...settings.map((each): Part => ({ kind: 'words', text: `Setting: ${each}.` })),
  ]
}

/** The cell where its bytes are known, the value where the line holds it once, else the line. */
function mark(marks: Marks, { at, evidence }: Sighting, text: string, bytes: Uint8Array): void {
  if (at.kind !== 'cell' && at.kind !== 'input') return
  if (at.line === null || at.line < 1) return
  const line = text.split(/\r?\n/)[at.line - 1]
  if (line === undefined) return
  const own = marks.get(at.line) ?? []
  marks.set(at.line, own)
  if (at.kind === 'cell' && at.length !== undefined && at.length > 0) {
    const start = bytes.lastIndexOf(10, at.byte - 1) + 1
    const from = decode(bytes.subarray(start, at.byte)).length
    own.push([from, Math.min(line.length, from + decode(bytes.subarray(at.byte, at.byte + at.length)).length)])
    return
  }
  const value = evidence.excerpt ?? ''
  const from = value === '' ? -1 : line.indexOf(value)
  const isOnce = from >= 0 && line.indexOf(value, from + 1) < 0
  own.push(isOnce ? [from, from + value.length] : [0, line.length])
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

/** Null for bytes that are no text: archives, workbooks and bytes that a reader refuses. */
function decoded(bytes: Uint8Array): string | null {
  const text = decode(bytes)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text file holds
  return /^PK|^\u001f/.test(text) ? null : text
}
