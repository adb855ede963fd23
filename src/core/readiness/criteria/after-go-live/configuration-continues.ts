/** Item 75: implementation may close; configuration never does: each of its activities has an owner and a next day. */

import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const configurationContinues: Criterion<'activities'> = {
  code: 'readiness/configuration-continues',
  items: [75],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Configuration was closed with the implementation',
  why: '"Can the system run?" is answered once; "Can the system support the business over time?" is asked every quarter.',
  remedy: 'Give each activity listed an owner and the next day on which it is done.',
  needs: ['activities'],
  thresholds: { leastActivities: 5 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('activities')
    const lasting = rows.filter((row) => row.part === 'configuration')
    if (lasting.length === 0) return nothingToJudge('No lasting activity is listed')
    const ended = rows.filter((row) => row.part === 'implementation')
    const cells = openLines('activities', rows, (row) => {
      if (row.part === 'implementation') return null
      if (row.owner === null) return `${row.activity}: no owner`
      if (row.next_on === null) return `${row.activity}: no next day`
      return row.next_on < asOf ? `${row.activity}: was due on ${row.next_on}` : null
    })
    const least = thresholds.leastActivities ?? 5
    const done = ended.filter((row) => row.done_on !== null && row.done_on <= asOf).length
    const value = lasting.length - cells.length
    const words = `implementation: ${done} of ${ended.length} done; configuration: ${value} of ${lasting.length} go on, at least ${least} are wanted`
    const few =
      lasting.length < least
        ? [{ name: `${lasting.length} of ${least} lasting activities`, route: '/readiness/inputs?kind=activities' }]
        : []
    return held(cells.length + few.length === 0, {
      value,
      of: lasting.length,
      threshold: least,
      words,
      cells: [...cells, ...few],
    })
  },
}
