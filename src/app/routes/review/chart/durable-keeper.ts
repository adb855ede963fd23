/** Verdicts on the sample: on disk before they are shown as recorded. */
import { recordChartVerdict, recordSection, recordSkip, takeBack } from '../acts/chart-acts.ts'
import { type JudgedDifference, recordVerdict, undoLast } from '../acts/review.ts'
import type { RowView } from './chart-rows.ts'
import type { ChartKeeper } from './use-chart-acts.ts'

export const durableKeeper: ChartKeeper = {
  judge: ({ record, rows, verdict, reason, comment, cause }) =>
    recordChartVerdict({ about: rows.map((row) => judgedRow(record, row)), verdict, reason, comment, cause }),
  confirm: recordSection,
  reopen: (_record, _section, act) => takeBack(act),
  close: recordVerdict,
  leaveForLater: recordSkip,
  undo: undoLast,
}

/** A row as the ledger names it: places and names of columns, never a value. */
export function judgedRow(record: string, { item, domain, cls, outside, fields }: RowView): JudgedDifference {
  const columns = outside.flatMap(({ text }) => text.label ?? [])
  const named = [...new Set(columns.length > 0 ? columns : fields)].sort()
  return { record, item, domain, class: cls, ...(named.length > 0 && { fields: named }) }
}
