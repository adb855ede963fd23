import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { suggestMapping } from '../../../src/core/data/crosswalk/suggest.ts'
import { reconcile } from '../../../src/core/data/reconcile/reconcile.ts'
import type { PairSource } from '../../../src/core/data/reconcile/sides.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { correctedMap, corrections } from './corrected-map.ts'

const pair = fileURLToPath(new URL('../../../../shared/data/pair-12/', import.meta.url))
const signal = new AbortController().signal

function filesOf(side: 'legacy' | 'target'): PairSource[] {
  return readdirSync(`${pair}${side}`).map((name) => ({
    source: bytesSource(name, new Uint8Array(readFileSync(`${pair}${side}/${name}`))),
    side,
    format: side === 'legacy' ? 'csv' : 'bundle',
    table: name.split('.')[0] ?? '',
    reading: {},
  }))
}

test.skipIf(!existsSync(pair))(
  'a map of proposals and recorded corrections accounts for every row of pair-12 (shared data)',
  async () => {
    const inputs = [...filesOf('legacy'), ...filesOf('target')]
    const none = { fields: [], values: new Map() }
    const found = await finish(suggestMapping({ inputs, mapping: none, targets: [], shapes: true }, signal))
    const { findings, tables, unaccounted, unexplained } = await finish(
      reconcile({ inputs, mapping: correctedMap(found) }, signal),
    )
    console.log(
      `${found.length} lines proposed, ${corrections().length} corrections, ${unaccounted} unaccounted, ${findings.length} findings`,
    )
    expect({ unaccounted, unexplained }).toEqual({ unaccounted: 0, unexplained: 0 })
    expect(findings.filter(({ severity }) => severity === 'critical' || severity === 'error')).toEqual([])
    for (const { table, withDifferences } of tables) expect(`${table}: ${withDifferences}`).toBe(`${table}: 0`)
  },
  120_000,
)
