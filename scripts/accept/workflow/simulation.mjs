/** Acceptance of the simulation: theory, speed, equal bits, luck that is shared. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../setup.mjs'
import { needBrowser, printed } from '../measure.mjs'

const folder = 'tests/core/workflow/simulation'

/** One part of the benchmark, with the lines it prints. */
function bench(part) {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'bench.mjs'), 'simulation', part], {
    cwd: root,
    encoding: 'utf8',
  })
  const said = done.stdout
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim())
  return { ok: done.status === 0, figure: said.join('\n       ') }
}

export const lines = [
  {
    name: 'theory',
    line: 'pooled over all analytic cases and 200 seeds, theory lies inside the 99 % interval in ≥ 97 %',
    measure: () => printed([`${folder}/theory.test.ts`], /^theory: /, { LONG: '1' }),
  },
  {
    name: 'features',
    line: 'formulas equal the published table; roles together, joins, retries, calendars and the rest as worked out by hand',
    measure: () =>
      printed(
        [`${folder}/estimates.test.ts`, `${folder}/features.test.ts`, `${folder}/engine.test.ts`, `${folder}/studies.test.ts`],
        /^theory/,
      ),
  },
  {
    name: 'events',
    line: '≥ 5 M events a second in one worker on a free core',
    measure: () => bench('events'),
  },
  {
    name: 'simpy',
    line: '≥ 15 times as fast as SimPy on the same models, where it is installed',
    measure: () => bench('simpy'),
  },
  {
    name: 'crn',
    line: 'common random numbers at least halve the variance of a difference, on average over the sample workflows',
    measure: () => bench('crn'),
  },
  {
    name: 'same-bits',
    line: 'bit-identical for a seed in Node and in the browser',
    measure: () => printed(['tests/journeys/simulation.test.ts'], /^same bits/, { CHROMIUM: needBrowser() }),
  },
]
