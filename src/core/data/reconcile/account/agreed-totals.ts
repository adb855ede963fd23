/** Sums that follow what their lines call equal: rounding, a tolerance or another unit moves a sum, though every value agrees. */
import type { ControlTotal, FieldBalance, TableBalance } from './result.ts'

/**
 * An unequal sum counts as equal where every record of its table met its own and every value of its column agreed by a named rule.
 * A lost, added or changed value leaves it unequal.
 */
export function agreedTotals(
  totals: readonly ControlTotal[],
  fields: readonly FieldBalance[],
  tables: readonly TableBalance[],
): readonly ControlTotal[] {
  const whole = new Set(tables.filter((one) => one.arrived === one.legacy && one.unexplained === 0).map(({ table }) => table))
  const agreed = fields.filter(
    ({ table, same, sameAfterRule, changed, lost, appeared }) =>
      whole.has(table) && same + sameAfterRule > 0 && changed + lost + appeared === 0,
  )
  const starts = agreed.map(({ table, column, target }) => `${table} → ${target.split(/[.(]/)[0]}: sum of ${column}`)
  const follows = (name: string): boolean => starts.some((start) => name === start || name.startsWith(`${start} in `))
  return totals.map((total) => (!total.equal && follows(total.name) ? { ...total, equal: true } : total))
}
