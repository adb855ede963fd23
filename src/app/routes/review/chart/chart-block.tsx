/** Rows with one verdict: both sides of each entry beside each other, the verdict at their right. */

import { memo, useEffect, useRef } from 'react'
import { verdictWords } from '../acts/reading.ts'
import type { BlockView, RowView } from './chart-rows.ts'
import { shownWords } from './chart-view.ts'
import styles from './entries.module.css'
import { EntryCell, OutsideCell, type SideNames } from './entry-cell.tsx'
import { entryWords } from './record-words.ts'
import { SourceCell } from './source-cell.tsx'
import { type BlockActs, type BlockHandlers, VerdictCell } from './verdict-cell.tsx'

export interface ChartBlockProps {
  readonly block: BlockView
  readonly names: SideNames
  readonly current: boolean
  readonly acts: BlockActs
  readonly on: BlockHandlers
  /** Whether the rows show what stands in the files. */
  readonly sources: boolean
  readonly onFocus: (item: string) => void
  /** Watches whether a row is on screen. */
  readonly watch: (element: HTMLElement, item: string) => () => void
}

/** Drawn again only where something about this block changed. */
export const ChartBlock = memo(function ChartBlock(props: ChartBlockProps) {
  const { block, names, current, acts, on, sources, onFocus, watch } = props
  const [first] = block.rows
  if (!first) return null
  const state = acts.busy
    ? 'recording'
    : acts.asking !== null
      ? `why is it ${verdictWords[acts.asking].toLowerCase()}?`
      : block.said
        ? `${verdictWords[block.said.verdict]} recorded`
        : first.asksVerdict
          ? 'no verdict yet, needs one'
          : 'no verdict yet'
  const said = block.rows.map((row) => rowWords(row, names)).join('. ')
  return (
    <article
      className={styles.block}
      data-current={current || undefined}
      data-item={first.item}
      data-unread={first.asksVerdict && block.said === null ? '' : undefined}
      tabIndex={-1}
      aria-label={`${said}. ${state}`}
      onFocus={() => onFocus(first.item)}
    >
      <div className={styles.rows}>
        {block.rows.map((row) => (
          <Row key={row.item} row={row} names={names} sources={sources} watch={watch} />
        ))}
      </div>
      <VerdictCell block={block} acts={acts} on={on} />
    </article>
  )
})

/** "MedTrack: LEVOTHYROXINE 50 mcg; OpenChart: levothyroxine 500 mcg". */
export function rowWords(row: RowView, names: SideNames): string {
  if (row.outside.length > 0) {
    const said = row.outside.map(({ text }) => `${text.label} ${text.text}`).join(', ')
    return `${names.legacy}: ${said}; ${names.target}: ${notMapped(row)}`
  }
  return `${names.legacy}: ${entryWords(row.legacy)}; ${names.target}: ${row.unmapped ? notMapped(row) : entryWords(row.target)}`
}

function notMapped({ unmapped }: RowView): string {
  return ['not mapped', ...(unmapped?.shown ?? []).map((one) => `shown as ${shownWords(one)}`)].join(', ')
}

function Row({ row, names, sources, watch }: Pick<ChartBlockProps, 'names' | 'sources' | 'watch'> & { readonly row: RowView }) {
  const element = useRef<HTMLDivElement>(null)
  const { item } = row
  useEffect(() => (element.current ? watch(element.current, item) : undefined), [item, watch])
  const isOutside = row.outside.length > 0
  return (
    <div ref={element} className={`across ${styles.row}`}>
      {isOutside ? (
        <OutsideCell system={names.legacy} texts={row.outside} />
      ) : (
        <EntryCell system={names.legacy} entry={row.legacy} />
      )}
      <EntryCell system={names.target} entry={row.target} unmapped={row.unmapped} />
      {sources && !isOutside && <SourceCell row={row} names={names} />}
    </div>
  )
}
