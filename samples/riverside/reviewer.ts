/** How the invented reader of the half-finished review judges: by what the difference is, the same every time. */

import type { PairCode } from '../../src/core/data/reconcile/compare/difference-codes.ts'
import type { PairItem, RecordPair } from '../../src/core/review/model/pair-types.ts'
import type { Reason, Verdict } from '../../src/core/review/model/review-event.ts'

/** So many of the drawn records wait; the others have been read. */
export const unreadRecords = 18

export interface ItemVerdict {
  readonly item: string
  readonly domain: string
  readonly class: string
  readonly verdict: Verdict
  readonly reason: Reason | null
}

export interface RecordVerdict {
  readonly verdict: Verdict
  readonly items: readonly ItemVerdict[]
  /** Whole seconds on screen. */
  readonly seconds: number
}

const judgements: Readonly<Partial<Record<PairCode, readonly [Verdict, Reason | null]>>> = {
  'data/allergy-state-changed': ['harmful', 'missing'],
  'data/allergy-lost': ['harmful', 'missing'],
  'data/allergy-altered': ['harmful', 'other'],
  'data/allergy-resurrected': ['wrong', 'extra'],
  'data/dose-changed': ['harmful', 'dose'],
  'data/unit-lost': ['harmful', 'unit'],
  'data/comparator-lost': ['wrong', 'other'],
  'data/value-changed': ['harmful', 'other'],
  'data/wrong-patient': ['harmful', 'wrong-patient'],
  'data/patient-lost': ['harmful', 'missing'],
  'data/duplicate-patient': ['wrong', 'extra'],
  'data/patient-appeared': ['wrong', 'extra'],
  'data/item-lost': ['wrong', 'missing'],
  'data/item-appeared': ['wrong', 'extra'],
  'data/item-resurrected': ['wrong', 'extra'],
  'data/date-swapped': ['wrong', 'date'],
  'data/code-system-lost': ['acceptable', null],
  'data/note-truncated': ['wrong', 'text-cut'],
  'data/text-damaged': ['acceptable', null],
  'data/field-lost': ['wrong', 'missing'],
  'data/field-appeared': ['acceptable', null],
  'data/field-changed': ['wrong', 'other'],
  'data/value-unmapped': ['cannot-tell', null],
}

const order: readonly Verdict[] = ['harmful', 'wrong', 'cannot-tell', 'acceptable']

/** The verdict on a record and on each of its differences. A record without differences is acceptable: no difference in meaning. */
export function reviewerVerdict(pair: RecordPair): RecordVerdict {
  const items = pair.domains.flatMap((domain) => domain.items).flatMap(judged)
  const verdict = order.find((one) => items.some((item) => item.verdict === one)) ?? 'acceptable'
  const read = pair.domains.reduce((sum, domain) => sum + domain.items.length, 0)
  return { verdict, items, seconds: 12 + read + 20 * items.length }
}

function judged(item: PairItem): ItemVerdict[] {
  if (item.cls === 'same' || item.cls === 'same-after-rule') return []
  const said = item.codes.map((code) => judgements[code as PairCode] ?? (['cannot-tell', null] as const))
  const [verdict, reason] = said.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))[0] ?? (['cannot-tell', null] as const)
  return [{ item: item.id, domain: item.domain, class: item.cls, verdict, reason }]
}
