/** Item 55: every interface says direction, standard, trigger, peak, service, retry, downtime and owner; nothing critical waits for a later phase. */
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

/** What an interface has to say before anybody can answer for it. */
const said = ['direction', 'standard', 'trigger', 'peak_per_hour', 'service', 'retry', 'downtime', 'owner'] as const

/** What an interface leaves open, in words: the criterion counts it, and the drawing marks it. */
export function interfaceGaps(row: EvidenceOf['interfaces']['rows'][number]): readonly string[] {
  const missing = said.filter((name) => row[name] === null)
  const late = row.critical === true && row.phase !== null && /\b(2|two|ii|later|second)\b/i.test(row.phase)
  return [
    ...(missing.length > 0 ? [`no ${missing.join(', ').replaceAll('_', ' ')}`] : []),
    ...(late ? [`critical, but planned for ${row.phase}`] : []),
  ]
}

export const integrationMap: Criterion<'interfaces'> = {
  code: 'readiness/integration-map',
  items: [55],
  phase: 'configuration',
  severity: 'error',
  title: 'Interfaces are not mapped whole',
  why: 'An interface without an owner, a retry or a way to work while it is down is found on the first morning it fails.',
  remedy: 'Fill what is missing for each interface listed, and build what patients depend on before go-live.',
  needs: ['interfaces'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('interfaces')
    if (rows.length === 0) return nothingToJudge('No interface is listed')
    const cells = rows.flatMap((row): readonly Cell[] => {
      const parts = interfaceGaps(row)
      return parts.length === 0
        ? []
        : [
            {
              name: `${row.edge_id} (${row.from} to ${row.to}): ${parts.join('; ')}`,
              route: `/readiness/inputs?kind=interfaces&line=${row.line}`,
            },
          ]
    })
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${counted(cells.length, 'interface')} of ${rows.length} not mapped whole`,
      cells,
    )
  },
}
