/** What is judged before the chart: two people, or a patient that one side does not have. */

import { verdictWords } from '../acts/reading.ts'
import type { BlockView, RowView } from './chart-rows.ts'
import styles from './entries.module.css'
import { EntryCell, type SideNames } from './entry-cell.tsx'
import { type BlockActs, type BlockHandlers, VerdictCell } from './verdict-cell.tsx'

export function FirstBlock({
  block,
  row,
  names,
  acts,
  on,
  onFocus,
}: {
  readonly block: BlockView
  readonly row: RowView
  readonly names: SideNames
  readonly acts: BlockActs
  readonly on: BlockHandlers
  readonly onFocus: (item: string) => void
}) {
  return (
    <section className={styles.section} aria-label="Judged first">
      <div className={styles.sectionHead}>
        <h2>Judge this first</h2>
      </div>
      <div className={`box ${styles.blocks}`}>
        <article
          className={styles.block}
          data-current={block.said ? undefined : true}
          data-item={row.item}
          data-unread={block.said ? undefined : ''}
          tabIndex={-1}
          aria-label={`${row.title}. ${block.said ? `${verdictWords[block.said.verdict]} recorded` : 'no verdict yet, needs one'}`}
          onFocus={() => onFocus(row.item)}
        >
          <div className={styles.rows}>
            <div className={`across ${styles.row}`}>
              <EntryCell system={names.legacy} entry={row.legacy} />
              <EntryCell system={names.target} entry={row.target} />
            </div>
          </div>
          <VerdictCell block={block} acts={acts} on={on} />
        </article>
      </div>
    </section>
  )
}
