/** Acceptance of maps that several people draw: one map out of many copies, offline edits that join, and undo per person. */
import { printed, tests } from './measure.mjs'

const together = 'tests/core/workflow/together'

export const lines = [
  {
    name: 'fuzz',
    line: '10,000 fuzzed commands on 3 copies, updates in any order: one tidied map, 0 dangling flows, 0 steps lost to an equal id',
    measure: () => printed([`${together}/fuzz.test.ts`], /team fuzz/, { LONG: '1' }),
  },
  {
    name: 'offline',
    line: '1,000 edits offline on each of two sides join in ≤ 2 s, repairs listed',
    measure: () => printed([`${together}/shared-map.test.ts`], /team offline/),
  },
  {
    name: 'undo',
    line: 'undo takes back own changes alone: the field of another stays, one that another overwrote is left, a removal brings its flows back',
    measure: () => tests([`${together}/shared-map.test.ts`], ['-t', 'undo']),
  },
  {
    name: 'merge',
    line: 'two project files of one shared map are one, the same bytes whoever merges; earlier versions, late comers and a fresh document among them',
    measure: () => tests(['tests/core/project/merge-maps.test.ts', 'tests/app/routes/workflow/shared-drawing.test.ts']),
  },
  {
    name: 'history',
    line: 'a map is shared in a real browser: history, version, comparison, restore and its undo; axe 0 in both themes',
    measure: () => tests(['tests/journeys/shared-map.test.ts']),
  },
  {
    name: 'comments',
    line: 'comments join without conflict; a step is spoken of, answered and settled in a real browser, axe 0 on the whole page in both themes',
    measure: () => tests([`${together}/talk.test.ts`, 'tests/journeys/map-comments.test.ts']),
  },
]
