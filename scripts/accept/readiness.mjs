/** Acceptance of the readiness board: ninety items, exact dependencies, drift, and shifts over midnight. */
import { build } from '../setup.mjs'
import { needBrowser, printed, tests } from './measure.mjs'

const core = 'tests/core/readiness'

export const lines = [
  {
    name: 'items',
    line: 'each of 90 items is a criterion, an input, a view or a report; at least 70 are computed; without a digest none is proven',
    measure: () => printed([`${core}/items.test.ts`], /items are computed/),
  },
  {
    name: 'recompute',
    line: '500 criteria are judged within 200 ms (median of five)',
    measure: () => {
      const { ok, figure } = printed([`${core}/board.test.ts`], /500 criteria judged/)
      const took = Number(/judged in (\d+) ms/.exec(figure)?.[1] ?? Number.NaN)
      return { ok: ok && took <= 200, figure }
    },
  },
  {
    name: 'stale',
    line: 'one changed byte changes exactly the dependent criteria, and every value on a changed input is struck through',
    measure: () => printed([`${core}/board.test.ts`], /no longer count/),
  },
  {
    name: 'values',
    line: 'every computed criterion has examples that flag and that pass, each with the value worked out by hand',
    measure: () => printed([`${core}/criteria.test.ts`], /worked out by hand/),
  },
  {
    name: 'sets',
    line: 'for each phase the sample files give blocked, at risk and ready, by what is planted alone; each kind of drift blocks',
    measure: () => printed(['tests/samples/readiness.test.ts'], /sets give their gate/),
  },
  {
    name: 'hand values',
    line: 'the table of roles gives three gaps, the integration sample has twelve systems or more, scope sums equal the sources',
    measure: () => printed(['tests/samples/readiness.test.ts'], /gaps in the table|systems are in|sum to what was read/),
  },
  {
    name: 'history',
    line: 'a gate that changed is one line with its cause, the same bytes for the same input, one history after merging; a breach opens one risk that only evidence closes',
    measure: () => tests([`${core}/gate-history.test.ts`, `${core}/risks.test.ts`]),
  },
  {
    name: 'reports',
    line: 'go/no-go, month, outcomes, hand-over (complete by its schema) and register have the same bytes for the same project and day, in page and command line; JUnit XML with a document type is refused',
    measure: () => tests([`${core}/reports.test.ts`, `${core}/junit.test.ts`, 'tests/cli/report.test.ts']),
  },
  {
    name: 'project lead',
    line: 'by keyboard: worst blocker, mended with a file, gate open; axe 0 in both themes; the go/no-go page is printed on one sheet of A4 and of Letter within 5 s',
    measure: printTime,
  },
  {
    name: 'drift',
    line: 'seeded shifts are found within two periods; at most 5 % of 1,000 quiet years have an alarm, all six measures together, and where shares wander by two points',
    measure: () =>
      printed([`${core}/drift.test.ts`], /found within two periods in|quiet years have|of 1000 quiet/, { LONG: '1' }),
  },
  {
    name: 'same-shift',
    line: 'closing within the shift is right in 200 of 200 nights over midnight and changes of the clock',
    measure: () => printed([`${core}/same-shift.test.ts`], /nights are right/),
  },
]

/** The journey prints its page on both papers and says how long that took. */
function printTime() {
  build()
  const { ok, figure } = printed(['tests/journeys/project-lead.test.ts'], /printed in/, { CHROMIUM: needBrowser() })
  const took = Number(/printed in (\d+) ms/.exec(figure)?.[1] ?? Number.NaN)
  return { ok: ok && took <= 5000, figure }
}
