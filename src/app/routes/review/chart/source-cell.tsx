/** What stands in the files for an entry, each side below its own: the cells of the row, the JSON of the record. */

import type { ChartEntry } from '../../../../core/review/model/chart.ts'
import { visibleText } from '../../../../core/visible-text.ts'
import type { RowView } from './chart-rows.ts'
import entries from './entries.module.css'
import type { SideNames } from './entry-cell.tsx'

export function SourceCell({ row, names }: { readonly row: RowView; readonly names: SideNames }) {
  return (
    <>
      <Source system={names.legacy} entry={row.legacy} />
      <Source system={names.target} entry={row.target} />
    </>
  )
}

function Source({ system, entry }: { readonly system: string; readonly entry: ChartEntry | null }) {
  if (!entry?.source) return <div />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={`scroll shrinks sunken outlined ${entries.source}`} tabIndex={0} aria-label={`Source in ${system}`}>
      <p className="caption muted">
        {system}, record {entry.place.record} of its file
      </p>
      <pre>{visibleText(entry.source)}</pre>
    </section>
  )
}
