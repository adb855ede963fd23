/** Acceptance of the data screens: what people do on them, in a real browser. */
import { needBrowser, tests } from '../measure.mjs'

export const lines = [
  {
    name: 'data-screens',
    line: 'Sources, Mapping, Findings and Reconcile, by mouse and by keyboard alone, without a request that leaves the origin',
    measure: () => {
      needBrowser()
      return tests(['tests/journeys/data-team.test.ts', 'tests/journeys/data-keyboard.test.ts', 'tests/app/routes/data'])
    },
  },
]
