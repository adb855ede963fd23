/** Rows of one cause share a verdict: known before it is given where the program's notes are open, told with it where they wait for the reader. */
import { asksReason } from '../../../../core/review/decision/decision.ts'
import type { Verdict } from '../../../../core/review/model/review-event.ts'
import type { BlockView, ChartView, Reader, RowView, Said } from './chart-rows.ts'

type Verdicts = Said['verdicts']
type Sharing = Pick<Reader, 'blind' | 'apart'>

/** Rows of each cause that stand together on the chart now; a cause with one row alone is absent. */
export function sharedRows(rows: readonly RowView[], said: Verdicts, reader: Sharing): ReadonlyMap<string, readonly RowView[]> {
  const shared = new Map<string, RowView[]>()
  for (const row of rows) if (row.cause !== null) shared.set(row.cause, [...(shared.get(row.cause) ?? []), row])
  for (const [cause, own] of shared) if (own.length < 2 || !isShared(cause, own, said, reader)) shared.delete(cause)
  return shared
}

/** Blind, nothing is told of a cause before one verdict was given for all of it; otherwise it is one thing until somebody judges its rows apart. */
function isShared(cause: string, rows: readonly RowView[], said: Verdicts, { blind, apart }: Sharing): boolean {
  if (apart.has(cause)) return false
  const given = rows.flatMap(({ item }) => said.get(item) ?? [])
  return given.every((event) => event.cause === cause) && (!blind || given.length > 0)
}

/** Rows under each other with one verdict as one block. @param untold notes of the program wait for a verdict */
export function blocksOf(
  rows: readonly RowView[],
  said: Verdicts,
  shared: ReadonlyMap<string, readonly RowView[]>,
  untold: boolean,
): readonly BlockView[] {
  const blocks: { rows: RowView[]; readonly said: BlockView['said']; readonly traces: number; readonly told: boolean }[] = []
  for (const row of rows) {
    const own = said.get(row.item) ?? null
    const together = row.cause === null ? undefined : shared.get(row.cause)
    const last = blocks.at(-1)
    if (last && together && last.rows[0]?.cause === row.cause) last.rows.push(row)
    else blocks.push({ rows: [row], said: own, traces: together?.length ?? 1, told: !untold || own !== null })
  }
  return blocks
}

/**
 * Rows that this verdict on one of them is given for: all of its cause, until one of these was judged on its own. Where nobody saw the rest
 * as one thing before, only what is harmful or wrong is: nothing is called acceptable unseen.
 */
export function judgedTogether(
  view: Pick<ChartView, 'rows'>,
  row: RowView,
  verdict: Verdict,
  said: Verdicts,
  reader: Sharing,
): readonly RowView[] {
  const { cause } = row
  if (cause === null) return [row]
  const known = sharedRows(view.rows, said, reader).get(cause)
  if (known) return known
  const found = sharedRows(view.rows, said, { ...reader, blind: false }).get(cause)
  return found && asksReason(verdict) ? found : [row]
}
