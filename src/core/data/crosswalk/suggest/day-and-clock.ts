/** A day in one column and its time of day in another, `DATUM` beside `UHRZEIT`: one moment of the target, proposed as one line. */
import { noZones, relationOf } from '../../meaning/compare-times.ts'
import { timeOf } from '../../meaning/time.ts'
import { dateTime } from '../transforms/date.ts'
import type { ColumnFit } from './column-fit.ts'
import { newLine, orderOf, type ProposedLine } from './proposed-line.ts'
import type { RowPairs } from './row-pairs.ts'
import type { LegacyColumn, LegacyTable, TargetField } from './samples.ts'

export interface Moment {
  readonly column: LegacyColumn
  readonly clock: LegacyColumn
  readonly lines: readonly ProposedLine[]
  readonly words: string
}

const clockForm = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$/i
const fewest = 5
const leastShare = 0.95
const quarter = 900
const hour = 3600

/** @param chosen columns with the fields they fill; a day among them may lack its time of day */
export function momentsOf(
  table: LegacyTable,
  chosen: readonly ColumnFit[],
  pairs: RowPairs,
  role: (fit: ColumnFit) => string,
): readonly Moment[] {
  const taken = new Set(chosen.map(({ column }) => column))
  const clocks = table.columns.filter((column) => !taken.has(column) && isClock(column))
  return chosen.flatMap((fit): Moment[] => {
    const { column, field } = fit
    if (column.sample.type !== 'date' || field.met === null) return []
    for (const clock of clocks) {
      const shown = shownTogether(column, clock, field.met, pairs)
      if (shown === null) continue
      clocks.splice(clocks.indexOf(clock), 1)
      const params = { ...orderOf(column), role: role(fit) }
      const line = newLine(table.name, [column.name, clock.name], 'date-time', params, field.target)
      return [{ column, clock, lines: [{ line, values: null }], words: `${column.name} with ${clock.name} ${shown}` }]
    }
    return []
  })
}

function isClock({ cells, filled, distinct }: LegacyColumn): boolean {
  return distinct >= 2 && cells.filter((cell) => clockForm.test(cell)).length >= leastShare * filled
}

/** How both together stand in the target; null where they do not. */
function shownTogether(day: LegacyColumn, clock: LegacyColumn, field: TargetField, pairs: RowPairs): string | null {
  const apply = dateTime.bind(new Map(Object.entries(orderOf(day))), new Map())
  if (typeof apply === 'string') return null
  const apart = new Map<number, number>()
  let all = 0
  for (const [row, record] of pairs) {
    const [own, time] = [day.cells[row] ?? '', clock.cells[row] ?? '']
    const there = timeOf(field.values[record]?.[0] ?? '')
    if (own === '' || time === '' || there === null || !['minute', 'second', 'fraction'].includes(there.precision)) continue
    const made = apply([own, time])
    const here = made?.kind === 'date' ? timeOf(made.text) : null
    if (here === null) continue
    all++
    const relation = relationOf(here, there, noZones)
    const seconds = relation.kind === 'equal' ? 0 : relation.kind === 'apart' ? relation.seconds : null
    if (seconds !== null) apart.set(seconds, (apart.get(seconds) ?? 0) + 1)
  }
  if (all < fewest) return null
  const same = apart.get(0) ?? 0
  if (same >= leastShare * all) return `is the moment of ${same} of ${all} paired records`
  // Another zone moves all of them by its offset, which summer time changes by an hour.
  const [[first = 0, most = 0] = [], [second = first, next = 0] = []] = [...apart].sort((a, b) => b[1] - a[1])
  const isZone =
    most + next >= leastShare * all && first % quarter === 0 && Math.abs(first) <= 14 * hour && Math.abs(first - second) <= hour
  if (!isZone) return null
  return `is the moment of ${most + next} of ${all} paired records in another zone: reconciliation concludes which, or zone=… says it`
}
