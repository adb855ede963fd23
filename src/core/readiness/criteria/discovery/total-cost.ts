/** Item 90: the whole cost is known before the signature: six kinds, and three years of upkeep. */
import { counted } from '../../../counted.ts'
import { fileCell, openLines } from '../../measures/lines.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

const kinds = ['licence', 'migration', 'interfaces', 'training', 'floor-support'] as const
const upkeepYears = [1, 2, 3]

export const totalCost: Criterion<'budget'> = {
  code: 'readiness/total-cost',
  items: [90],
  phase: 'discovery',
  severity: 'warning',
  title: 'The whole cost is not known',
  why: '"Total Cost of Ownership Before You Sign": training and support are what is cut when licences cost more.',
  remedy: 'Put an amount to each line listed; zero is an amount, an empty cell is not.',
  needs: ['budget'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('budget')
    if (rows.length === 0) return nothingToJudge('No cost is listed')
    const missing: readonly Cell[] = [
      ...kinds
        .filter((kind) => !rows.some((row) => row.kind === kind))
        .map((kind) => fileCell('budget', `${kind.replace('-', ' ')}: no line`)),
      ...upkeepYears
        .filter((year) => !rows.some((row) => row.kind === 'upkeep' && row.year === year))
        .map((year) => fileCell('budget', `upkeep of year ${year}: no line`)),
    ]
    const cells = [...openLines('budget', rows, (row) => (row.amount === null ? `${row.item}: no amount` : null)), ...missing]
    const total = rows.reduce((sum, row) => sum + (row.amount ?? 0), 0)
    if (total === 0 && cells.length === 0) return nothingToJudge('Every amount is zero')
    return atMost(
      thresholds.open ?? 0,
      rows.length,
      `${total} in ${counted(rows.length, 'line')}, ${cells.length} of them open`,
      cells,
    )
  },
}
