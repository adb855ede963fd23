/** Reads the next records before they are asked for, so that a reader does not wait for the files. */
import { useEffect } from 'react'
import { doubleReadingIn } from '../../../../core/project/duties/separation-in-force.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapsOfReader } from '../../../../core/project/sample/trap-list.ts'
import type { DrawnRecord } from '../../../../core/review/draw/draw.ts'
import { actorSlug } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { missingSources } from '../../data/acts/sources.ts'
import { nextToRead, ownReadings, readingOrder } from '../acts/reading.ts'
import { recordPair, recordsPerPass } from '../acts/record-pairs.ts'
import { keyOfRecord } from '../acts/review.ts'

/** When this many records are left of those read ahead, the next ones are fetched. */
const fetchAhead = 40

/** Keys of the records from `at` on, going round, as many as one pass reads. */
export function keysFrom(order: readonly DrawnRecord[], at: number): readonly string[] {
  return [...order.slice(at), ...order.slice(0, at)].slice(0, recordsPerPass).flatMap((record) => keyOfRecord(record.id) ?? [])
}

/** Starts the pass that holds the record some way ahead; what is already there costs nothing. */
export function warmAhead(order: readonly DrawnRecord[], at: number): void {
  const [key, ...ahead] = keysFrom(order, (at + Math.min(fetchAhead, order.length - 1)) % order.length)
  if (key !== undefined) recordPair(key, ahead).catch(() => undefined)
}

/** While the plan shows a drawn sample, the first records to read are fetched. */
export function useWarmReview(): void {
  const draw = useWorkspace((w) => w.project?.review.draw ?? null)
  useEffect(() => {
    if (!draw || missingSources().length > 0) return
    const { project } = useWorkspace.getState()
    const traps = project ? trapsOfReader(project, actorSlug()) : []
    const order = readingOrder(draw.records, traps, project?.review.plan?.stopping)
    const double = project ? doubleReadingIn(project) : null
    const next = nextToRead(
      order,
      ownReadings(project ? eventsOfDraw(project) : [], actorSlug(), double, new Set(traps.map(({ id }) => id))),
      0,
    )
    if (next === null) return
    const [key, ...ahead] = keysFrom(order, next)
    if (key !== undefined) recordPair(key, ahead).catch(() => undefined)
  }, [draw])
}
