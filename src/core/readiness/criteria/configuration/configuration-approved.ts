/** Items 18 and 29: each item of the configuration names the finding that asks for it, from an audit before it by somebody else. */

import { emptyOf, openLines } from '../../measures/lines.ts'
import { plainName } from '../../measures/role-tasks.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const configurationApproved: Criterion<'configuration'> = {
  code: 'readiness/configuration-approved',
  items: [18, 29],
  phase: 'configuration',
  severity: 'error',
  title: 'Configuration does not follow an audit',
  why: '"Management agrees to setups that are familiar": without a finding behind it, an item is an old habit on a new screen.',
  remedy: 'Have somebody other than the configurator audit the workflow, then tie each item listed to a finding or undo it.',
  needs: ['configuration'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('configuration')
    if (rows.length === 0) return nothingToJudge('No item of the configuration is listed')
    const cells = openLines('configuration', rows, (row) => {
      const parts: string[] = []
      const lacks = emptyOf(row, ['finding', 'approved_by', 'audited_by', 'audited_on', ...configured(row)])
      if (lacks !== null) parts.push(lacks)
      if (row.audited_by !== null && plainName(row.audited_by) === plainName(row.configured_by ?? ''))
        parts.push('audited by who configured it')
      if (row.audited_on !== null && row.configured_on !== null && row.audited_on >= row.configured_on)
        parts.push('configured before the audit')
      return parts.length === 0 ? null : `${row.area}, ${row.item}: ${parts.join(', ')}`
    })
    return atMost(thresholds.open ?? 0, rows.length, `${cells.length} of ${rows.length} items follow no independent audit`, cells)
  },
}

/** What has been configured says by whom and when; what has not yet been is only audited. */
function configured(row: EvidenceOf['configuration']['rows'][number]): readonly ('configured_by' | 'configured_on')[] {
  return row.configured_by === null && row.configured_on === null && row.native === null ? [] : ['configured_by', 'configured_on']
}
