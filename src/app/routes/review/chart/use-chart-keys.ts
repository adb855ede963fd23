/** The keys of a chart: digits for verdicts and reasons, Space through its sections, arrows from entry to entry. */
import type { RefObject } from 'react'
import { type Reason, reasons, type Verdict } from '../../../../core/review/model/review-event.ts'
import { useKeys } from '../../../window/keys.ts'
import { focusAt, isAbove, isControl, keepFocusIn, scrollOn } from './chart-focus.ts'
import type { RowView, SectionView } from './chart-rows.ts'
import type { useChartActs } from './use-chart-acts.ts'
import type { useSeen } from './use-seen.ts'
import { verdictKeys } from './verdict-keys.ts'

interface KeyedChart {
  /** The entry that is taken up. */
  readonly row: RowView | null
  /** The difference that is asked for before the chart is shown; null once it has a verdict. */
  readonly first: RowView | null
  /** The section that is being read. */
  readonly section: SectionView | null
  readonly isSeen: boolean
  readonly canConfirm: boolean
  readonly seen: ReturnType<typeof useSeen>
  readonly acts: ReturnType<typeof useChartActs>
  readonly goTo: (to: RowView | null) => boolean
  readonly onHeld: (item: string) => void
  readonly confirm: (section: SectionView) => void
  readonly judge: (item: string, verdict: Verdict) => void
  readonly reason: (item: string, why: Reason) => void
  readonly judgeApart: (cause: string, item: string) => void
  readonly openRow: (item: string) => void
  readonly closeRow: () => void
  readonly sources: () => void
  readonly next: () => void
  readonly previous: () => void
  readonly help: () => void
}

export function useChartKeys(root: RefObject<HTMLElement | null>, chart: KeyedChart): void {
  const { row, first, section, acts } = chart

  /** Where the entry is in hand already nothing moves, so the page says what Space waits for. */
  const wait = (to: RowView | null): boolean => {
    if (to) chart.onHeld(to.item)
    return chart.goTo(to)
  }

  /** Space scrolls until all of the section was on screen, then it confirms. */
  const space = (event: KeyboardEvent): boolean => {
    if (isControl(event.target)) return false
    if (first) return wait(first)
    if (!section) return scrollOn(root.current)
    if (section.waiting.length > 0 && chart.isSeen) return wait(section.waiting[0] ?? null)
    if (!chart.canConfirm) {
      const { seen, rowOf, reveal } = chart.seen
      // Scrolling on does not reach a row that was passed over, nor the cut top of one at the end of the record.
      const passed = section.rows.find(({ item }) => !seen.has(item))?.item ?? null
      return (!isAbove(root.current, rowOf(passed)) && scrollOn(root.current)) || reveal(passed)
    }
    chart.confirm(section)
    return true
  }

  const step = (by: 1 | -1): void => {
    const list = [...(root.current?.querySelectorAll<HTMLElement>('article[data-item]') ?? [])]
    const at = list.findIndex((each) => each.dataset.current !== undefined)
    const target = list[Math.max(0, Math.min(list.length - 1, at + by))]
    if (target) focusAt(target)
  }

  const digit = (number: number): void => {
    if (!row) return
    const why = reasons[number - 1]
    const verdict = verdictKeys[number - 1]
    if (acts.asking.has(row.item)) {
      if (why) chart.reason(row.item, why)
    } else if (verdict) chart.judge(row.item, verdict)
  }

  const keys = {
    ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), () => digit(index + 1)])),
    Space: space,
    M: () => row && chart.openRow(row.item),
    A: () => row !== null && row.cause !== null && chart.judgeApart(row.cause, row.item),
    C: (event: KeyboardEvent) => {
      document.getElementById('chart-comment')?.focus()
      event.preventDefault()
    },
    N: chart.next,
    P: chart.previous,
    S: () => void acts.leaveForLater(),
    O: chart.sources,
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    'Ctrl+Z': () => void acts.undo(),
    Escape: () => {
      if (row) acts.stopAsking(row.item)
      chart.closeRow()
      if (row) keepFocusIn(root.current, row.item)
    },
    '?': chart.help,
  }
  useKeys(root, keys, true)
}
