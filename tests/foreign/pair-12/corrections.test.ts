import { expect, test } from 'vitest'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { reconcile } from '../../../src/core/data/reconcile/reconcile.ts'
import { finish } from '../../../src/core/operation.ts'
import { pairIsThere } from './bundles.ts'
import { corrections } from './corrected-map.ts'

test.skipIf(!pairIsThere)(
  'a map of proposals and recorded corrections accounts for every row of pair-12 (shared data)',
  async () => {
    const { files, inputs, proposed } = await import('./proposed-map.ts')
    const given = [...files].map(([path, text]) => [`mapping/${path}`, new TextEncoder().encode(text)] as const)
    const { mapping, problems } = readMapping(new Map(given))
    expect(problems).toEqual([])
    const { findings, tables, unaccounted, unexplained } = await finish(
      reconcile({ inputs, mapping }, new AbortController().signal),
    )
    console.log(
      `${proposed} lines proposed, ${corrections().length} corrections, ${unaccounted} unaccounted, ${findings.length} findings`,
    )
    expect({ unaccounted, unexplained }).toEqual({ unaccounted: 0, unexplained: 0 })
    expect(findings.filter(({ severity }) => severity === 'critical' || severity === 'error')).toEqual([])
    for (const { table, withDifferences } of tables) expect(`${table}: ${withDifferences}`).toBe(`${table}: 0`)
  },
  120_000,
)
