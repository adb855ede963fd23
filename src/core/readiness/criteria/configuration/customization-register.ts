/** Item 22: every customization says why, by what proof, at what cost, who answers and until when; habit needs the change of process instead. */
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

const said = ['core', 'evidence', 'owner', 'expires', 'upgrade_effect', 'cost'] as const

export const customizationRegister: Criterion<'customizations'> = {
  code: 'readiness/customization-register',
  items: [22],
  phase: 'configuration',
  severity: 'error',
  title: 'Customizations are not justified',
  why: '"This is just how we\'ve always done it" carries the old bottleneck over and makes every upgrade a project.',
  remedy: 'Complete each entry listed; where habit is the only reason, write down the change of process instead.',
  needs: ['customizations'],
  thresholds: { open: 0, coreBudget: 3 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('customizations')
    if (rows.length === 0) return nothingToJudge('No customization is listed')
    const present = rows.filter((row) => row.closed === null || row.closed > asOf)
    const route = (line: number): string => `/readiness/inputs?kind=customizations&line=${line}`
    const cells = present.flatMap((row): readonly Cell[] => {
      const missing: string[] = said.filter((name) => row[name] === null)
      if (row.class === 'always-done' && row.alternative === null) missing.push('alternative')
      const parts = missing.length > 0 ? [`no ${missing.join(', ').replaceAll('_', ' ')}`] : []
      if (row.expires !== null && row.expires < asOf) parts.push('its review day has passed')
      return parts.length === 0 ? [] : [{ name: `${row.id}, ${row.area}: ${parts.join('; ')}`, route: route(row.line) }]
    })
    const core = present.filter((row) => row.core === true)
    const budget = thresholds.coreBudget ?? 3
    if (core.length > budget)
      cells.push(
        ...core.slice(budget).map((row) => ({
          name: `${row.id} is beyond the budget of ${budget} changes to core workflows`,
          route: route(row.line),
        })),
      )
    return atMost(
      thresholds.open ?? 0,
      present.length,
      `${counted(cells.length, 'open point')} in ${counted(present.length, 'customization')}, ${core.length} of them in core workflows`,
      cells,
    )
  },
}
