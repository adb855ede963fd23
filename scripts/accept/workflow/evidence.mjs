/** Acceptance of evidence around the maps: timed tests, one case played, data linked to the crosswalk, value streams, parameters of other tools. */
import { tests } from '../measure.mjs'

const folder = 'tests/core/workflow'

export const lines = [
  {
    name: 'timed-tests',
    line: 'timed tests: published t intervals, five of each or not enough to say, minutes per shift by hand, keystrokes never against working times; by keyboard in the app',
    measure: () =>
      tests([`${folder}/timed-tests`, 'tests/core/readiness/edit-input.test.ts', 'tests/journeys/timed-tests.test.ts']),
  },
  {
    name: 'play-through',
    line: 'one case through both maps: its stops add up to the lead time the engine counted, same seed, same case',
    measure: () => tests([`${folder}/simulation/play-through.test.ts`]),
  },
  {
    name: 'data-linked',
    line: 'needed data is judged once an element is linked to fields: confirmed, compared by a run of today, nothing against it; the weakest decides',
    measure: () => tests(['tests/core/readiness/data-evidence.test.ts']),
  },
  {
    name: 'value-stream',
    line: 'value stream: work and waiting add up to the simulated lead time, what is sent back is counted, the unknown stays unknown',
    measure: () => tests([`${folder}/value-stream.test.ts`]),
  },
  {
    name: 'logs-filtered',
    line: 'filters keep whole cases, matrices count every neighbour once, planted drift is found where it was planted and not before',
    measure: () => tests([`${folder}/log/filter.test.ts`]),
  },
  {
    name: 'parameters',
    line: 'parameters of BPSim and Prosimos in seconds worked out by hand; nothing dropped without a line',
    measure: () => tests([`${folder}/interop/parameters.test.ts`]),
  },
]
