/** Item 88: one to two years from planning to go-live, and one more to optimise. */

import { monthsBetween } from '../../../values/day.ts'
import { beside, fileCell, held } from '../../measures/lines.ts'
import type { Cell, Criterion } from '../../model/criterion.ts'

export const timeline: Criterion<'milestones'> = {
  code: 'readiness/timeline',
  items: [88],
  phase: 'discovery',
  severity: 'warning',
  title: 'The plan is shorter than such projects are',
  why: '"1-2 years from planning to go-live, with an additional year for optimization": what is cut is testing and training.',
  remedy: 'Plan the months listed, or write down in the decision log why this clinic needs fewer.',
  needs: ['milestones'],
  thresholds: { leastMonths: 12, optimizationMonths: 12 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('milestones')
    const dayOf = (name: string): string | null => {
      const row = rows.find((each) => each.milestone === name)
      return row ? (row.done_on ?? row.planned_on) : null
    }
    const [begin, live, end] = [dayOf('planning'), dayOf('go-live'), dayOf('optimization-end')]
    if (begin === null || live === null)
      return { state: 'missing', value: null, of: null, threshold: null, words: 'Planning or go-live has no day', cells: [] }
    const [least, optimization] = [thresholds.leastMonths ?? 12, thresholds.optimizationMonths ?? 12]
    const [planned, optimised] = [monthsBetween(begin, live), end === null ? 0 : monthsBetween(live, end)]
    const [months, after] = [beside(planned, least), beside(optimised, optimization)]
    const cells: Cell[] = []
    if (planned < least) cells.push(fileCell('milestones', `${months} of ${least} months from planning to go-live`))
    if (optimised < optimization)
      cells.push(fileCell('milestones', `${after} of ${optimization} months to optimise after go-live`))
    const words = `${months} months from planning to go-live, ${after} after it`
    return held(cells.length === 0, { value: months, of: null, threshold: least, words, cells })
  },
}
