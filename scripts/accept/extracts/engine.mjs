/** Acceptance of the engine: its speed beside its peers in one run, and the same findings as they have. */
import { installPeers } from '../../bench-peers.mjs'
import { tests } from '../measure.mjs'

/** One part of the benchmark: met where each of its ratios is. */
async function bench(name) {
  installPeers()
  const { parts } = await import('../../../tests/bench/data/index.mjs')
  const { table, ratios } = await parts[name].measure()
  const figures = ratios.map(({ what, value, goal }) => `${what} ${value} (${goal})`)
  return { ok: ratios.every(({ ok }) => ok), figure: [...figures, ...table.map((row) => row.replaceAll(/\s+/g, ' '))].join('; ') }
}

export const lines = [
  {
    name: 'engine-node',
    line: 'Node, one core, nine rules over 245 MB: 6× PapaParse + ajv, 2× DuckDB, 120 MB of memory, same findings',
    measure: () => bench('node'),
  },
  {
    name: 'engine-full',
    line: 'with profile, foreign key and duplicates: 60 % of that speed',
    measure: () => bench('full'),
  },
  {
    name: 'engine-chromium',
    line: 'Chromium worker: 4× PapaParse with header',
    measure: () => bench('chromium'),
  },
  {
    name: 'engine-2gb',
    line: 'a 2 GB file completes in a tab of 300 MB, no main-thread task over 50 ms, cancel within 200 ms',
    measure: () => bench('large'),
  },
  {
    name: 'engine-differential',
    line: 'the engine finds what ajv finds in 10⁵ seeded records; automata, decimals and dates equal their plain versions',
    measure: () =>
      tests(
        ['differential', 'pattern-bytes', 'number-bytes', 'date-bytes'].map((name) => `tests/core/data/checks/${name}.test.ts`),
      ),
  },
]
