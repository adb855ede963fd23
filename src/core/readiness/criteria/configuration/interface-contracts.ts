/** Item 57: each interface has a clause in a contract. */
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const interfaceContracts: Criterion<'interfaces'> = {
  code: 'readiness/interface-contracts',
  items: [57],
  phase: 'configuration',
  severity: 'warning',
  title: 'Interfaces stand in no contract',
  why: '"Map every integration upfront and contract for it": what is not contracted is delivered last, at a price of its own.',
  remedy: 'Name the clause for each interface listed, or add one to the contract before signing.',
  needs: ['interfaces'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('interfaces')
    if (rows.length === 0) return nothingToJudge('No interface is listed')
    const cells = rows
      .filter((row) => row.clause === null)
      .map(
        (row): Cell => ({
          name: `${row.edge_id} (${row.from} to ${row.to})`,
          route: `/readiness/inputs?kind=interfaces&line=${row.line}`,
        }),
      )
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${counted(cells.length, 'interface')} of ${rows.length} without a clause`,
      cells,
    )
  },
}
