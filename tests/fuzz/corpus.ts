/**
 * Inputs of each reader, one line each, as text where they are text: `corpus/<reader>.jsonl` reaches every block that fuzzing has reached,
 * `corpus/<reader>-found.jsonl` holds what once broke a promise.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.cwd(), 'tests', 'fuzz', 'corpus')

type Bytes = Uint8Array<ArrayBuffer>
type Kind = 'reaching' | 'found'

const pathOf = (reader: string, kind: Kind): string => join(folder, `${reader}${kind === 'found' ? '-found' : ''}.jsonl`)

const lineOf = (bytes: Bytes): string => {
  const text = Buffer.from(bytes).toString('utf8')
  return JSON.stringify(Buffer.from(text, 'utf8').equals(bytes) ? { text } : { base64: Buffer.from(bytes).toString('base64') })
}

function bytesOf(line: string): Bytes {
  const { text, base64 } = JSON.parse(line) as { readonly text?: string; readonly base64?: string }
  return Uint8Array.from(text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8'))
}

const linesIn = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [])

export function readCorpus(reader: string): Bytes[] {
  return [...linesIn(pathOf(reader, 'reaching')), ...linesIn(pathOf(reader, 'found'))].map(bytesOf)
}

/** In place of what was there. */
export function writeCorpus(reader: string, inputs: readonly Bytes[]): void {
  write(pathOf(reader, 'reaching'), inputs.map(lineOf))
}

/** Beside what was there. */
export function keepFound(reader: string, inputs: readonly Bytes[]): void {
  const path = pathOf(reader, 'found')
  if (inputs.length > 0) write(path, [...linesIn(path), ...inputs.map(lineOf)])
}

function write(path: string, lines: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, [...new Set(lines)].sort().join('\n').concat('\n'))
}
