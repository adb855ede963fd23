/** The field map of pair-12 as a person makes it with the program: proposals read off both sides, then the recorded corrections. It is made while this module loads, so that a script can import it. */
import { readdirSync, readFileSync } from 'node:fs'
import { writeFields, writeValueMap } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../src/core/data/crosswalk/plan/sides.ts'
import { suggestMapping } from '../../../src/core/data/crosswalk/suggest/suggest.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { pair } from './bundles.ts'
import { correctedMap } from './corrected-map.ts'

function filesOf(side: 'legacy' | 'target'): PairSource[] {
  return readdirSync(`${pair}${side}`).map((name) => ({
    source: bytesSource(name, new Uint8Array(readFileSync(`${pair}${side}/${name}`))),
    side,
    format: side === 'legacy' ? 'csv' : 'bundle',
    table: name.split('.')[0] ?? '',
    reading: {},
  }))
}

export const inputs: readonly PairSource[] = [...filesOf('legacy'), ...filesOf('target')]

const found = await finish(
  suggestMapping({ inputs, mapping: { fields: [], values: new Map() }, targets: [], shapes: true }, new AbortController().signal),
)
const { fields, values } = correctedMap(found)

export const proposed = found.length

/** Its files, by their path in a folder of mappings. */
export const files: ReadonlyMap<string, string> = new Map([
  ['fields.csv', writeFields(fields)],
  ...[...values.values()].map((map) => [`values/${map.name}.csv`, writeValueMap(map)] as const),
])
