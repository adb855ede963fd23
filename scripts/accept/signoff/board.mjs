/** Acceptance of the board: what a determined person can not type green, what is not proven before its time, and no page against another. */
import { printed } from '../measure.mjs'

const folder = 'tests/core/readiness'

export const boardLines = [
  {
    name: 'board',
    line: 'typing, editing and dropping files make no criterion proven; none is proven before its phase; no page contradicts another',
    measure: () =>
      printed([`${folder}/proof.test.ts`, `${folder}/contradictions.test.ts`], / criteria | limits loosened |contradictions/, {
        LONG: '1',
      }),
  },
]
