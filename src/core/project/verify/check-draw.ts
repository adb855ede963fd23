/** V7: plan, list of records, seed and sample are those the ledger names, and the sample follows from them. */
import { digestOf, digestOfBytes, utf8 } from '../../canonical.ts'
import { draw, extendedDraw, ticketsDigest } from '../../review/draw/draw.ts'
import { parseFrame } from '../../review/draw/frame.ts'
import { drawCounts, whyListIsFinal } from '../../review/plan/sampling-plan.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { drawsOf, extendedAt, sampleNamedAt } from '../sample/draw-events.ts'
import { isReaderChain } from '../sample/reader-chain.ts'
export function checkDraw(
  { review, manifest }: Pick<Project, 'review' | 'manifest'>,
  entries: readonly LedgerEntry[],
  place: Place,
): Verdict {
  const { plan, frame: text, draw: document } = review
  if (isReaderChain({ manifest, ledger: entries }))
    return { ok: true, why: 'The records of one reader; their sample stands in the project that the bundle came from.' }
  const fail = (why: string, index = -1): Verdict => ({ ok: false, first: index < 0 ? nowhere : place(index), why })
  const lastOf = (action: string): number => entries.findLastIndex((entry) => entry.action === action)
  const [locked, committed, rolled, drawn] = [
    lastOf('plan-locked'),
    lastOf('frame-committed'),
    lastOf('seed-rolled'),
    lastOf('sample-drawn'),
  ]
  const reopened = lastOf('plan-reopened')
  if (!document) {
    if (drawn > Math.max(committed, reopened)) return fail('The ledger names a drawn sample, and the project holds none.', drawn)
    if (locked > reopened && !plan) return fail('The ledger names a locked plan, and the project holds none.', locked)
    return { ok: true, why: 'No sample is drawn yet.' }
  }
  if (!plan || text === null) return fail('The plan or the frame of the sample is missing.')
  const read = parseFrame(text)
  if (!read.ok) return fail(`The frame can not be read: ${read.problems[0] ?? ''}`)
  const frame = digestOfBytes(utf8(text))
  if (entries[committed]?.digest !== frame || document.frame !== frame)
    return fail('The frame is not the one that was committed.', committed)
  if (entries[locked]?.digest !== digestOf(jsonOf(plan))) return fail('The plan is not the one that was locked.', locked)
  if (reopened > locked) return fail('The plan was opened again and not locked since.', reopened)
  if (!(locked < rolled && committed < rolled && rolled < drawn))
    return fail('The seed was rolled before plan and frame were committed.', rolled)
  if (entries[rolled]?.digest !== digestOf([document.seed, ...document.rolledBy]))
    return fail('The seed, or who rolled it, is not what the ledger names.', rolled)
  const { frame: times } = drawsOf(entries)
  // A draw of a state that was given up afterwards could not be known of when this one was drawn.
  const { total } = drawsOf(entries.slice(0, drawn + 1))
  if (document.times !== times)
    return fail(`The sample says it was drawn ${document.times} times from its frame; the ledger counts ${times}.`, drawn)
  if (total > 1 && !document.reason?.trim()) return fail('A sample was drawn again, and no reason is given.', drawn)
  const again = draw(read.frame, document.seed, drawCounts(plan))
  if (!again.ok) return fail(again.problem)
  const first = { ...document, records: again.records, tickets: ticketsDigest(again.records) }
  const named = sampleNamedAt(entries)
  const isExtended = extendedAt(entries) >= 0
  const whole = isExtended ? extendedDraw(read.frame, first) : first
  if (whole.tickets !== ticketsDigest(document.records) || whole.tickets !== document.tickets)
    return fail('The records of the sample are not the ones that seed and frame give.', named)
  if (entries[drawn]?.digest !== digestOf(jsonOf(first)) || entries[named]?.digest !== digestOf(jsonOf(document)))
    return fail('The sample is not the one the ledger names.', named)
  if (isExtended && plan.stopping !== 'early') return fail('A sample of fixed size was extended afterwards.', named)
  const hindrance = isExtended ? whyListIsFinal(plan) : null
  if (hindrance !== null) return fail(`The sample was extended, and its plan does not allow it. ${hindrance}`, named)
  const since = isExtended ? ` The list drawn first held ${again.records.length}; it was extended to every record.` : ''
  return { ok: true, why: `${whole.records.length} records drawn again, the same.${since}` }
}
