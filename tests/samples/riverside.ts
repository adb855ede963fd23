/** The sample in memory, as tests of every wing read it. */

import {
  generateRiverside,
  type RiversideOptions,
  riversideDefaults,
  type TruthEntry,
  truthPath,
} from '../../samples/riverside/generate.ts'
import { readMapping } from '../../src/core/data/crosswalk/mapping/mapping.ts'
import type { SourceEntry } from '../../src/core/data/model/source.ts'
import { bytesSource } from '../../src/core/operation.ts'
import type { PairInput } from '../../src/core/review/model/pair-types.ts'

export interface Sample {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly entries: readonly SourceEntry[]
  readonly truth: readonly TruthEntry[]
  readonly pairInput: PairInput
  /** Path of the file behind an input index. */
  readonly paths: readonly string[]
}

export function readSample(options: RiversideOptions = {}): Sample {
  const chunks = new Map<string, Uint8Array[]>()
  for (const { path, bytes } of generateRiverside(options)) {
    const held = chunks.get(path)
    if (held) held.push(bytes)
    else chunks.set(path, [bytes])
  }
  const files = new Map([...chunks].map(([path, parts]) => [path, new Uint8Array(Buffer.concat(parts))]))
  const json = (path: string): unknown => JSON.parse(Buffer.from(files.get(path) ?? []).toString('utf8'))
  const entries = json('data/sources.json') as SourceEntry[]
  const paths = entries.map(({ side, name }) => `private/${side}/${name}`)
  const inputs = entries.map(({ name, side, format, table, reading }, i) => ({
    source: bytesSource(name, files.get(paths[i] ?? '') ?? new Uint8Array(0)),
    side,
    format,
    table,
    reading,
  }))
  const { mapping, problems } = readMapping(files)
  if (problems.length > 0) throw new Error(problems.map(({ words }) => words).join('\n'))
  return {
    files,
    entries,
    truth: (json(truthPath) as { entries: TruthEntry[] }).entries,
    pairInput: { inputs, mapping, asOf: options.asOf ?? riversideDefaults.asOf },
    paths,
  }
}
