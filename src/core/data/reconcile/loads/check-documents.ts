/** Documents and scans that a table names, held against the files of a folder: counted, digested, opened at their first bytes, missing ones named. */

import { hashOf } from '../../../file-hash.ts'
import { compareText } from '../../../finding.ts'
import { type ByteSource, stopIfAborted, type Update } from '../../../operation.ts'
import type { PairSource } from '../../crosswalk/plan/sides.ts'
import type { ReadStatus } from '../../model/events.ts'
import { readTable } from '../../read/table.ts'

export interface DocumentsInput {
  readonly index: PairSource
  /** Column that holds the file name, with or without folders before it. */
  readonly column: string
  /** Named by their path below the folder that is looked through. */
  readonly files: readonly ByteSource[]
}

interface DocumentPlace {
  readonly record: number
  readonly line: number
  readonly byte: number
}

export interface DocumentsResult {
  /** False where the table has no such column: nothing was looked for then. */
  readonly columnFound: boolean
  /** How far the table was read; of one that was not read whole nothing can be called complete. */
  readonly read: ReadStatus
  /** Rows that name a file. */
  readonly named: number
  readonly found: number
  readonly missing: readonly DocumentPlace[]
  /** Rows whose name several files in different folders have, none of which the row's own folders single out. */
  readonly ambiguous: readonly DocumentPlace[]
  /** Rows without a file name. */
  readonly unnamed: number
  /** Files that no row names. */
  readonly unclaimed: number
  /** Files without a byte, and files whose first bytes are not what their ending says. */
  readonly empty: number
  readonly unopenable: readonly { readonly file: number; readonly why: string }[]
  readonly bytes: number
  readonly digests: readonly { readonly file: number; readonly sha256: string }[]
  /** Files with the same content as an earlier one. */
  readonly copies: number
}

/** First bytes of the kinds of files that clinics archive. */
const signatures: readonly (readonly [ending: RegExp, name: string, bytes: readonly (readonly number[])[]])[] = [
  [/\.pdf$/i, 'PDF', [[0x25, 0x50, 0x44, 0x46]]],
  [/\.jpe?g$/i, 'JPEG', [[0xff, 0xd8, 0xff]]],
  [/\.png$/i, 'PNG', [[0x89, 0x50, 0x4e, 0x47]]],
  [
    /\.tiff?$/i,
    'TIFF',
    [
      [0x49, 0x49, 0x2a, 0],
      [0x4d, 0x4d, 0, 0x2a],
    ],
  ],
  [/\.(docx|xlsx|zip)$/i, 'ZIP', [[0x50, 0x4b, 3, 4]]],
  [/\.rtf$/i, 'RTF', [[0x7b, 0x5c, 0x72, 0x74]]],
]

/** Folders and name, in lower case: exports of one system are read on another, which may not tell cases apart. */
const partsOf = (path: string): readonly string[] =>
  path
    .toLowerCase()
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')

/** Files by their name; of several with one name the folders before it decide. */
class DocumentFiles {
  private readonly byName = new Map<string, { readonly file: number; readonly parts: readonly string[] }[]>()

  constructor(files: readonly ByteSource[]) {
    for (const [file, { name }] of files.entries()) {
      const parts = partsOf(name)
      const last = parts.at(-1) ?? ''
      const held = this.byName.get(last)
      if (held) held.push({ file, parts })
      else this.byName.set(last, [{ file, parts }])
    }
  }

  /** The files a row may mean: those with its name whose folders agree with the most of the row's own. */
  find(path: string): readonly number[] {
    const wanted = partsOf(path)
    const named = this.byName.get(wanted.at(-1) ?? '') ?? []
    const agreeing = named.map(({ parts }) => {
      let same = 1
      while (same < Math.min(parts.length, wanted.length) && parts.at(-1 - same) === wanted.at(-1 - same)) same++
      return same
    })
    const most = Math.max(0, ...agreeing)
    return named.filter((_, i) => agreeing[i] === most).map(({ file }) => file)
  }
}

export async function* checkDocuments(
  { index, column, files }: DocumentsInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, DocumentsResult>> {
  const total = files.reduce((sum, { size }) => sum + size, index.source.size)
  const known = new DocumentFiles(files)
  const claimed = new Set<number>()
  const missing: DocumentPlace[] = []
  const ambiguous: DocumentPlace[] = []
  let named = 0
  let unnamed = 0
  let at = -1
  let read: ReadStatus = 'unreadable'
  for await (const event of readTable(index.source, index.reading, signal, 0)) {
    if (event.kind === 'end') read = event.status
    if (event.kind === 'structure') at = event.structure.header.indexOf(column)
    if (event.kind !== 'rows') continue
    for (const { cells, record, line, byte } of event.rows) {
      const name = (cells[at] ?? '').trim()
      if (name === '') {
        unnamed++
        continue
      }
      named++
      const [file, other] = known.find(name)
      if (file === undefined) missing.push({ record, line, byte })
      else if (other === undefined) claimed.add(file)
      else ambiguous.push({ record, line, byte })
    }
    stopIfAborted(signal)
    yield { kind: 'progress', done: event.done, total, unit: 'bytes', label: index.source.name }
  }
  const digests: { file: number; sha256: string }[] = []
  const unopenable: { file: number; why: string }[] = []
  let done = index.source.size
  for (const [file, source] of files.entries()) {
    const hash = hashOf(source)
    let head: Uint8Array | null = null
    for await (const bytes of source.stream()) {
      stopIfAborted(signal)
      head ??= bytes.slice(0, 8)
      hash.update(bytes)
      done += bytes.length
      yield { kind: 'progress', done, total, unit: 'bytes', label: `Document ${file + 1} of ${files.length}` }
    }
    digests.push({ file, sha256: `sha256:${await hash.digest()}` })
    const why = head === null ? null : mismatch(source.name, head)
    if (why !== null) unopenable.push({ file, why })
  }
  yield {
    kind: 'result',
    value: {
      columnFound: at >= 0,
      read,
      named,
      found: named - missing.length - ambiguous.length,
      missing,
      ambiguous,
      unnamed,
      unclaimed: files.length - claimed.size,
      empty: files.filter(({ size }) => size === 0).length,
      unopenable,
      bytes: total - index.source.size,
      digests: digests.sort((a, b) => compareText(a.sha256, b.sha256) || a.file - b.file),
      copies: digests.length - new Set(digests.map(({ sha256 }) => sha256)).size,
    },
  }
}

function mismatch(name: string, head: Uint8Array): string | null {
  const known = signatures.find(([ending]) => ending.test(name))
  if (!known) return null
  const [, kind, starts] = known
  return starts.some((start) => start.every((byte, i) => head[i] === byte))
    ? null
    : `its first bytes are not those of a ${kind} file`
}
