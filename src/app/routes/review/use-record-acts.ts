/** What a reader does on one record: keys may come faster than the disk, so acts are kept one after the other in the order given. */
import { useEffect, useRef, useState } from 'react'
import { asksReason, type Reason, type Verdict } from '../../../core/review/decision.ts'
import type { OwnReading } from '../../workspace/reading.ts'
import {
  type JudgedDifference,
  type Refusal,
  recordDifferenceVerdict,
  recordVerdict,
  skipRecord,
  undoLast,
} from '../../workspace/review.ts'
import type { Difference } from './record-view.ts'

/** Where what is said goes; nothing counts as said before it has answered. */
export interface RecordKeeper {
  readonly difference: (about: JudgedDifference, verdict: Verdict, reason: Reason | null) => Promise<Refusal>
  readonly close: (closing: {
    readonly record: string
    readonly differences: readonly string[]
    readonly seconds: number
    readonly comment: string
  }) => Promise<Refusal>
  readonly skip: (record: string) => Promise<Refusal>
  readonly undo: () => Promise<{ readonly refusal: Refusal; readonly record: string | null }>
}

/** Verdicts on the sample: on disk before they are shown as recorded. */
export const durable: RecordKeeper = {
  difference: recordDifferenceVerdict,
  close: recordVerdict,
  skip: skipRecord,
  undo: undoLast,
}

interface RecordActsInput {
  readonly keeper: RecordKeeper
  readonly record: string
  readonly differences: readonly Difference[]
  readonly own: OwnReading | null
  readonly named: boolean
  readonly seconds: () => number
  readonly comment: string
  readonly onNext: () => void
  readonly onOpen: (record: string) => void
  /** Every difference has a verdict, kept or on its way. */
  readonly onAllSaid: () => void
}

interface Asking {
  readonly item: string
  readonly verdict: Verdict
}

export function useRecordActs(input: RecordActsInput) {
  const { keeper, record, differences, own, named, seconds, comment, onNext, onOpen, onAllSaid } = input
  const judged = own?.differences ?? new Map()
  const firstOpen = (said: (item: string) => boolean): number => differences.findIndex(({ item }) => !said(item))
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      firstOpen((item) => judged.has(item)),
    ),
  )
  const [asking, setAsking] = useState<Asking | null>(null)
  /** Items whose verdict is being written, with how many verdicts on them are. */
  const [writing, setWriting] = useState<ReadonlyMap<string, number>>(new Map())
  /** Closing, skipping and taking back change the record on screen: until that is done nothing else is taken. */
  const [leaving, setLeaving] = useState(false)
  const [problem, setProblem] = useState<Refusal>(null)

  const shown = useRef(differences.length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an entry that was added moves the focus, not every verdict
  useEffect(() => {
    if (differences.length > shown.current)
      setCurrent(
        Math.max(
          0,
          firstOpen((item) => judged.has(item) || writing.has(item)),
        ),
      )
    shown.current = differences.length
  }, [differences.length])

  const count = (item: string, by: 1 | -1): void =>
    setWriting((before) => {
      const next = new Map(before)
      const left = (next.get(item) ?? 0) + by
      if (left > 0) next.set(item, left)
      else next.delete(item)
      return next
    })

  const keep = async (index: number, verdict: Verdict, reason: Reason | null): Promise<void> => {
    const difference = differences[index]
    if (!difference) return
    const { item, domain, cls, differing } = difference
    const fields = [...new Set(differing.map(({ path }) => path))].sort()
    setAsking(null)
    setProblem(null)
    count(item, 1)
    const left = firstOpen((other) => other === item || judged.has(other) || writing.has(other))
    if (left >= 0) setCurrent(left)
    else onAllSaid()
    const refusal = await keeper.difference({ record, item, domain, class: cls, fields }, verdict, reason)
    count(item, -1)
    if (refusal === null) return
    setProblem(refusal)
    setCurrent(index)
  }

  const leave = async (work: () => Promise<Refusal>): Promise<boolean> => {
    setLeaving(true)
    setProblem(null)
    const refusal = await work()
    setLeaving(false)
    setProblem(refusal)
    return refusal === null
  }

  return {
    current,
    setCurrent,
    asking,
    problem,
    leaving,
    isWriting: (item: string) => writing.has(item),
    nextDifference: () => {
      if (differences.length > 0) setCurrent((current + 1) % differences.length)
    },
    stopAsking: () => setAsking(null),
    say: (index: number, verdict: Verdict): void => {
      const difference = differences[index]
      if (!difference || leaving) return
      setCurrent(index)
      if (!named) setProblem('Say who is reading before the first verdict.')
      else if (asksReason(verdict)) setAsking({ item: difference.item, verdict })
      else void keep(index, verdict, null)
    },
    giveReason: (reason: Reason): void => {
      const index = differences.findIndex((each) => each.item === asking?.item)
      if (asking) void keep(index, asking.verdict, reason)
    },
    close: async (): Promise<void> => {
      if (leaving) return
      if (asking) return setProblem('Choose a reason first, or press Esc.')
      const closing = { record, differences: differences.map((each) => each.item), seconds: seconds(), comment }
      if (await leave(() => keeper.close(closing))) onNext()
    },
    skip: async (): Promise<void> => {
      if (!leaving && (await leave(() => keeper.skip(record)))) onNext()
    },
    undo: async (): Promise<void> => {
      if (leaving) return
      setAsking(null)
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
