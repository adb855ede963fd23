/** Item 42: what moves, what does not, and who said so. */

import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const mappingConfirmed: Criterion<'mapping'> = {
  code: 'readiness/mapping-confirmed',
  items: [42],
  phase: 'configuration',
  severity: 'error',
  title: 'Fields have no confirmed decision',
  why: 'A field nobody decided about is lost quietly, and the first to notice is the clinician who needed it.',
  remedy: 'Confirm where each field goes, or record with reason and name that it is not carried.',
  needs: ['mapping'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { fields, problems } = given.value('mapping')
    if (fields.length === 0 && problems.length === 0) return nothingToJudge('No field is mapped yet')
    const open = fields.filter((each) => {
      if (each.status === 'confirmed') return each.by === ''
      return each.status !== 'not-carried' || each.reason === '' || each.by === ''
    })
    const cells = [
      ...open.map((each) => ({ name: `${each.source}.${each.fields.join(' + ')} (${each.status})`, route: null })),
      ...problems.map(({ file, line, words }) => ({
        name: `${file}${line === null ? '' : ` line ${line}`}: ${words}`,
        route: null,
      })),
    ]
    const words = `${fields.length - open.length} of ${counted(fields.length, 'field')} decided by name`
    const unread = problems.length === 0 ? '' : `, ${counted(problems.length, 'line')} can not be followed`
    return atMost(thresholds.open ?? 0, fields.length, `${words}${unread}`, cells)
  },
}
