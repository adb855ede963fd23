/** What a chart shows now: its rows with the verdicts so far, and the section that is being read. */
import { useMemo, useState } from 'react'
import type { ChartSectionId } from '../../../../core/review/model/chart.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import type { DifferenceEvent } from '../../../../core/review/model/review-event.ts'
import type { OtherReading, OwnReading } from '../acts/reading.ts'
import { chartView, nextSection } from './chart-view.ts'

const nothing: ReadonlyMap<string, DifferenceEvent> = new Map()
const noSections: OwnReading['sections'] = new Map()

interface Reading {
  readonly own: OwnReading | null
  /** What two readers said, where this person decides between them. */
  readonly others: readonly OtherReading[]
  /** Notes of the program wait for the reader's word. */
  readonly blind: boolean
}

export function useChartView(pair: RecordPair, { own, others, blind }: Reading) {
  const said = own?.differences ?? nothing
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<ChartSectionId | null>(null)
  const sections = own?.sections ?? noSections
  const askedItems = useMemo(() => new Set(others.flatMap(({ differences }) => [...differences.keys()])), [others])
  const reader = useMemo(() => ({ blind, apart }), [blind, apart])
  const viewAt = (at: ChartSectionId | null) =>
    chartView(pair, { verdicts: said, sections }, { ...reader, reading: at, asked: askedItems })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is made of is listed
  const base = useMemo(() => viewAt(chosen), [pair, said, sections, reader, chosen, askedItems])
  // Without a choice of the reader, the first section that waits is the one being read.
  const reading = base.sections.find(({ id, done }) => id === chosen && done === null)?.id ?? nextSection(base, null)?.id ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is made of is in `base`
  const view = useMemo(() => (reading === chosen ? base : viewAt(reading)), [base, reading, chosen])
  return { said, reader, view, reading, setChosen, setApart }
}

/** The entry that a chart opens at. */
export function firstItem(view: ReturnType<typeof chartView>): string | null {
  if (view.first) return view.first.item
  const open = nextSection(view, null)
  return (open ?? view.sections.find(({ rows }) => rows.length > 0))?.rows[0]?.item ?? null
}
