/** What tests of readers share: a text, bytes or chunks in; header, rows, problems and the end out. */

import type { ReadProblem, Structure } from '../../../src/core/data/model/events.ts'
import type { Row } from '../../../src/core/data/model/record.ts'
import type { ReadingChoices } from '../../../src/core/data/model/source.ts'
import { readTable } from '../../../src/core/data/read/table.ts'
import { type ByteSource, bytesSource } from '../../../src/core/operation.ts'

export const signal = new AbortController().signal

/** A source that gives the bytes in pieces of the given sizes, over and over. */
export function chunkedSource(name: string, bytes: Uint8Array, sizes: readonly number[]): ByteSource {
  return {
    name,
    size: bytes.length,
    async *stream(from = 0, to = bytes.length) {
      for (let at = from, i = 0; at < to; i++) {
        const size = Math.max(1, sizes[i % sizes.length] ?? 1)
        yield bytes.slice(at, Math.min(to, at + size))
        at += size
      }
    },
  }
}

export interface ReadBack {
  readonly structure: Structure
  readonly rows: readonly Row[]
  readonly problems: readonly ReadProblem[]
  readonly codes: readonly string[]
  readonly status: string
  readonly records: number
}

export async function readBack(input: string | Uint8Array | ByteSource, choices: ReadingChoices = {}): Promise<ReadBack> {
  const source =
    typeof input === 'string'
      ? bytesSource('t.csv', new TextEncoder().encode(input))
      : input instanceof Uint8Array
        ? bytesSource('t.csv', input)
        : input
  const rows: Row[] = []
  const problems: ReadProblem[] = []
  let structure: Structure | null = null
  let end = { status: 'none', records: -1 }
  for await (const event of readTable(source, choices, signal)) {
    if (event.kind === 'structure') structure = event.structure
    else if (event.kind === 'rows') rows.push(...event.rows)
    else if (event.kind === 'problem') problems.push(event.problem)
    else end = event
  }
  if (structure === null) throw new Error('no structure was told')
  return {
    structure,
    rows,
    problems,
    codes: problems.map((problem) => problem.sighting.code),
    status: end.status,
    records: end.records,
  }
}
