/** What a reader does on one chart: keys may come faster than the disk, so acts are kept one after the other in the order given. */
import { useRef, useState } from 'react'
import { asksReason } from '../../../../core/review/decision/decision.ts'
import type { ChartSectionId } from '../../../../core/review/model/chart.ts'
import type { DifferenceEvent, NotesShown, Reason, Verdict } from '../../../../core/review/model/review-event.ts'
import type { Refusal } from '../../../session/act.ts'
import type { SectionRead } from '../acts/chart-acts.ts'
import type { ChartView, Reader, RowView, SectionView } from './chart-rows.ts'
import { missingWords } from './chart-view.ts'
import { judgedTogether } from './shared-verdicts.ts'

/** Verdicts of one key: several entries where they have one cause. */
export interface Judgement {
  readonly record: string
  readonly rows: readonly RowView[]
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** Empty where nothing was written. */
  readonly comment: string
  /** What the rows have in common; null for a row on its own. */
  readonly cause: string | null
}

/** Where what is said goes; nothing counts as said before it has answered. */
export interface ChartKeeper {
  readonly judge: (judgement: Judgement) => Promise<Refusal>
  readonly confirm: (done: SectionRead) => Promise<Refusal>
  /** Takes back that a section was read. */
  readonly reopen: (record: string, section: ChartSectionId, act: string) => Promise<Refusal>
  readonly close: (closing: {
    readonly record: string
    readonly items: readonly string[]
    readonly sections: readonly string[]
    readonly seconds: number
    readonly notes: NotesShown
  }) => Promise<Refusal>
  readonly leaveForLater: (record: string, opened: readonly SectionRead[]) => Promise<Refusal>
  readonly undo: () => Promise<{ readonly refusal: Refusal; readonly record: string | null }>
}

interface ChartActsInput {
  readonly keeper: ChartKeeper
  readonly record: string
  readonly view: ChartView
  /** Items with a verdict on the disk. */
  readonly said: ReadonlyMap<string, DifferenceEvent>
  readonly named: boolean
  readonly reader: Pick<Reader, 'blind' | 'apart'>
  /** Seconds on the whole chart, and on one section of it. */
  readonly seconds: (section: ChartSectionId | null) => number
  /** Entries that were on screen. */
  readonly seen: ReadonlySet<string>
  readonly commentOn: (item: string) => string
  /** What was said is on the disk: drafts about it may go. */
  readonly onKept: (item: string) => void
  readonly onNext: () => void
  readonly onOpen: (record: string) => void
}

export function useChartActs(input: ChartActsInput) {
  const { keeper, record, onNext, onOpen } = input
  const latest = useRef(input)
  latest.current = input
  /** Verdicts that wait for their reason; one on another row drops none of them. */
  const [asking, setAsking] = useState<ReadonlyMap<string, Verdict>>(new Map())
  const asked = useRef(asking)
  /** Items whose verdict is being written, with how many verdicts on them are. */
  const [writing, setWriting] = useState<ReadonlyMap<string, number>>(new Map())
  /** Closing, skipping and taking back change the record on screen: until that is done nothing else is taken. */
  const leaving = useRef(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Refusal>(null)

  const ask = (item: string, verdict: Verdict | null): void => {
    const next = new Map(asked.current)
    if (verdict === null) next.delete(item)
    else next.set(item, verdict)
    asked.current = next
    setAsking(next)
  }

  const count = (items: readonly string[], by: 1 | -1): void =>
    setWriting((before) => {
      const next = new Map(before)
      for (const item of items) {
        const left = (next.get(item) ?? 0) + by
        if (left > 0) next.set(item, left)
        else next.delete(item)
      }
      return next
    })

  const keep = async (row: RowView, verdict: Verdict, reason: Reason | null): Promise<void> => {
    const { view, said, reader, commentOn, onKept } = latest.current
    const rows = judgedTogether(view, row, verdict, said, reader)
    const items = rows.map(({ item }) => item)
    ask(row.item, null)
    setProblem(null)
    count(items, 1)
    const refusal = await keeper.judge({
      record,
      rows,
      verdict,
      reason,
      comment: commentOn(row.item),
      cause: rows.length > 1 ? row.cause : null,
    })
    count(items, -1)
    if (refusal === null) onKept(row.item)
    else setProblem(refusal)
  }

  const leave = async (work: () => Promise<Refusal>): Promise<boolean> => {
    if (leaving.current) return false
    leaving.current = true
    setBusy(true)
    setProblem(null)
    const refusal = await work()
    leaving.current = false
    setBusy(false)
    setProblem(refusal)
    return refusal === null
  }

  const readOf = ({ id, shown }: SectionView): SectionRead => ({
    ...{ record, section: id, entries: shown.entries, words: shown.words },
    seconds: latest.current.seconds(id),
  })

  return {
    asking,
    problem,
    busy,
    isWriting: (item: string) => writing.has(item),
    clear: () => setProblem(null),
    stopAsking: (item: string) => ask(item, null),
    say: (row: RowView, verdict: Verdict): void => {
      if (leaving.current) return
      if (!latest.current.named) setProblem('Say who is reading before the first verdict.')
      else if (asksReason(verdict)) ask(row.item, verdict)
      else void keep(row, verdict, null)
    },
    giveReason: (row: RowView, reason: Reason): void => {
      const verdict = asked.current.get(row.item)
      if (verdict) void keep(row, verdict, reason)
    },
    /** The same verdict once more, with what was written about it since. */
    again: (row: RowView, { verdict, reason }: { readonly verdict: Verdict; readonly reason: Reason | null }): void => {
      void keep(row, verdict, reason)
    },
    confirm: async (section: SectionView): Promise<boolean> => {
      if (!latest.current.named) {
        setProblem('Say who is reading before the first section is confirmed.')
        return false
      }
      if (section.rows.some(({ item }) => asked.current.has(item))) {
        setProblem(`${section.label}: a verdict waits for its reason.`)
        return false
      }
      return await leave(() => keeper.confirm(readOf(section)))
    },
    reopen: (section: SectionView): void => {
      const { done } = section
      if (done) void leave(() => keeper.reopen(record, section.id, done.id))
    },
    close: async (): Promise<void> => {
      const { view, said, seconds, reader } = latest.current
      if (missingWords(view, said) !== null || asked.current.size > 0) return
      // Verdicts still on their way come first: acts are kept in the order given.
      const items = view.rows.map(({ item }) => item)
      // Those that were to be read, not those that were: the core compares both.
      const sections = view.sections.flatMap(({ id, state }) => (state === 'empty' ? [] : [id]))
      const notes = reader.blind ? 'hidden' : 'open'
      if (await leave(() => keeper.close({ record, items, sections, seconds: seconds(null), notes }))) onNext()
    },
    leaveForLater: async (): Promise<void> => {
      const { view, seen } = latest.current
      const opened = view.sections.filter(({ done, rows }) => done === null && rows.some(({ item }) => seen.has(item)))
      if (await leave(() => keeper.leaveForLater(record, opened.map(readOf)))) onNext()
    },
    undo: async (): Promise<void> => {
      let about: string | null = null
      const undone = await leave(async () => {
        const { refusal, record: taken } = await keeper.undo()
        about = taken
        return refusal
      })
      if (undone && about !== null && about !== record) onOpen(about)
    },
  }
}
