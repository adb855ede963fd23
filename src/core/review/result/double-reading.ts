/**
 * Two readers and a third (review.md §9): a share of the sample drawn by ticket and every record with a defect is read again, blind;
 * where the two differ, somebody who is neither decides. What both said is how agreement is measured.
 */

import { asksReason } from '../decision/decision.ts'
import { type Draw, type DrawnRecord, ticketOf } from '../draw/draw.ts'
import { type RecordDecision, type RecordEvent, type Verdict, verdicts } from '../model/review-event.ts'
import type { SamplingPlan } from '../plan/sampling-plan.ts'
import { agreementOf, specificAgreement } from '../statistics/agreement.ts'

/** Fewer double-read records are not enough to say how far readers agree. */
export const fewestDoubleRead = 30

/** Least share that may be read twice where anything is, parts per million. */
const leastShare = 100_000

export type Reading = RecordEvent['reading']

/** Records that somebody else reads again whatever the first reader says, by a ticket of their own: the first reader can not tell which. */
export function secondDrawn(
  draw: Draw,
  plan: Pick<SamplingPlan, 'secondReaderPpm' | 'stopping' | 'strata'>,
): ReadonlySet<string> {
  if (plan.secondReaderPpm <= 0) return new Set()
  const share = Math.max(plan.secondReaderPpm, leastShare)
  const byTicket = draw.records.toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1))
  const left = new Map(plan.stopping === 'early' ? plan.strata.map(({ id, n }) => [id, n]) : [])
  // A list that was extended keeps the second readings of the one drawn first: what was owed stays owed, what was closed stays closed.
  const listed = byTicket.filter(({ stratum }) => {
    const n = left.get(stratum) ?? byTicket.length
    left.set(stratum, n - 1)
    return n > 0
  })
  const before = new Set(listed)
  const later = byTicket.filter((record) => !before.has(record))
  const n = listed.length
  const wanted = readTwice(n, share)
  // Where reading may stop early, enough of what is surely read is read twice.
  const soon = new Set(
    plan.stopping === 'early' ? listed.slice(0, Math.max(fewestDoubleRead, Math.ceil(n / 6))).map(({ id }) => id) : [],
  )
  const ordered = (records: readonly DrawnRecord[]) =>
    records
      .map(({ id, stratum }) => ({ id, ticket: ticketOf(draw.seed, `second-reader ${stratum}`, id) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
  const order = ordered(listed)
  const first = order.filter(({ id }) => soon.has(id)).slice(0, fewestDoubleRead)
  const rest = order.filter((each) => !first.includes(each))
  const added = ordered(later).slice(0, Math.ceil((later.length * share) / 1_000_000))
  return new Set([...[...first, ...rest].slice(0, wanted), ...added].map(({ id }) => id))
}

/** How many of `n` drawn records two people read; those that one of them calls wrong come on top. */
export function readTwice(n: number, secondReaderPpm: number): number {
  if (secondReaderPpm <= 0) return 0
  const share = Math.max(secondReaderPpm, leastShare)
  return Math.min(n, Math.max(Math.ceil((n * share) / 1_000_000), fewestDoubleRead))
}

/** Which readings a plan asks for. Null where one reader is enough: the plan says so and the certificate as well. */
export interface DoubleReading {
  readonly drawn: ReadonlySet<string>
  /** Where nobody else is there (S3 waived), one of two readers who differed while neither could know of the other decides. */
  readonly readersDecide?: boolean
}

export function doubleReadingOf(draw: Draw | null, plan: SamplingPlan | null): DoubleReading | null {
  if (!draw || !plan || plan.secondReaderPpm <= 0) return null
  const held = known.get(draw)
  if (held?.plan === plan) return held.double
  const double = { drawn: secondDrawn(draw, plan) }
  known.set(draw, { plan, double })
  return double
}

/** By draw: every record of it is hashed, and every verdict asks. */
const known = new WeakMap<Draw, { readonly plan: SamplingPlan; readonly double: DoubleReading }>()

/** The two readings that are compared; the third decides where they differ. */
function blindReadings(decision: RecordDecision): readonly RecordEvent[] {
  return decision.readings.filter(({ reading }) => reading !== 'adjudication')
}

/** What a record still needs before its verdict stands; null when nothing. */
export function readingDue(record: string, decision: RecordDecision | undefined, double: DoubleReading | null): Reading | null {
  const readings = decision ? blindReadings(decision) : []
  const [first, second] = readings
  if (!decision || !first) return 'first'
  if (!double || decision.readings.length > readings.length) return null
  if (!second) return double.drawn.has(record) || first.verdict !== 'acceptable' ? 'second' : null
  return differ(readings) ? 'adjudication' : null
}

/** The same for one reader: nobody reads a record twice, and nobody who read it decides between readers unless that was waived. */
export function readingDueBy(
  reader: string,
  record: string,
  decision: RecordDecision | undefined,
  double: DoubleReading | null,
): Reading | null {
  const due = readingDue(record, decision, double)
  if (!decision?.readings.some(({ by }) => by === reader)) return due
  return due === 'adjudication' && double?.readersDecide && differedBlind(decision) ? due : null
}

/** Whether the two said different things before either could know of the other; what one of them changed afterwards opens no decision of theirs. */
export function differedBlind(decision: RecordDecision | undefined): boolean {
  return differ(decision?.blind ?? [])
}

function differ(readings: readonly RecordEvent[]): boolean {
  return new Set(readings.map(({ verdict }) => verdict)).size > 1
}

export type DoubleProgress = {
  /** Records that two readers must read, as known now. */
  readonly wanted: number
  readonly read: number
  /** Records on which two readers differed, and those of them that are decided. */
  readonly disagreements: number
  readonly adjudicated: number
}

export function doubleProgress(
  draw: Draw,
  decisions: ReadonlyMap<string, RecordDecision>,
  double: DoubleReading,
): DoubleProgress {
  const counts = { wanted: 0, read: 0, disagreements: 0, adjudicated: 0 }
  for (const { id } of draw.records) {
    const decision = decisions.get(id)
    const readings = decision ? blindReadings(decision) : []
    const wanted = double.drawn.has(id) || readings.some(({ verdict }) => verdict !== 'acceptable') || readings.length > 1
    if (wanted) counts.wanted++
    if (readings.length > 1) counts.read++
    if (!differ(readings)) continue
    counts.disagreements++
    if (decision && decision.readings.length > readings.length) counts.adjudicated++
  }
  return counts
}

export type ReviewAgreement = {
  /** Records that two readers read. */
  readonly records: number
  readonly percent: number
  readonly ac1: number
  readonly low: number
  readonly high: number
  readonly kappa: number
  /** How often one reader confirms an error that the other sees; null where nobody saw one. */
  readonly onErrors: number | null
  /** `too-few`: under 30 records, or all of a smaller sample, nothing is concluded. */
  readonly gate: 'met' | 'failed' | 'too-few'
  /** Records on which a reader changed the own verdict after both had read; not counted, absent where nobody did. */
  readonly changed?: number
}

/** Least AC1, and least lower limit of its 95 % interval. Kappa does not gate: it falls where nearly all records are right. */
const leastAgreement = { ac1: 0.8, low: 0.6 }

/** Null where no record was read by two. What both said before either could know of the other counts, and stays what it was. */
export function reviewAgreement(draw: Draw, decisions: ReadonlyMap<string, RecordDecision>): ReviewAgreement | null {
  const pairs = draw.records.flatMap(({ id }): (readonly [Verdict, Verdict])[] => {
    const both = decisions.get(id)?.blind
    return both ? [[both[0].verdict, both[1].verdict]] : []
  })
  const changed = draw.records.filter(({ id }) => changedSince(decisions.get(id))).length
  const found = agreementOf(
    pairs.map((pair) => pair.map((verdict) => verdicts.indexOf(verdict))),
    verdicts.length,
  )
  if (!found) return null
  const { ac1, percent, kappa } = found
  const [low, high] = ac1.interval
  const enough = pairs.length >= Math.min(fewestDoubleRead, draw.records.length)
  const met = ac1.value >= leastAgreement.ac1 && low >= leastAgreement.low
  const onErrors = specificAgreement(pairs.map(([a, b]) => [asksReason(a), asksReason(b)]))
  return {
    records: pairs.length,
    percent: round(percent.value),
    ac1: round(ac1.value),
    low: round(low),
    high: round(high),
    // Where everybody says the same of everything, chance explains it all and kappa has no value.
    kappa: Number.isFinite(kappa.value) ? round(kappa.value) : 1,
    onErrors: onErrors === null ? null : round(onErrors),
    gate: enough ? (met ? 'met' : 'failed') : 'too-few',
    ...(changed > 0 ? { changed } : {}),
  }
}

function changedSince(decision: RecordDecision | undefined): boolean {
  const now = decision ? blindReadings(decision) : []
  return (decision?.blind ?? []).some((then) => now.find(({ by }) => by === then.by)?.verdict !== then.verdict)
}

/** Why nobody may approve on what two readers said; null where they agree well enough, or the plan asks for one reader. */
export function agreementGate(
  draw: Draw,
  decisions: ReadonlyMap<string, RecordDecision>,
  double: DoubleReading | null,
): string | null {
  if (!double) return null
  const agreement = reviewAgreement(draw, decisions)
  if (!agreement) return 'No record was read by two readers: how far they agree is not known.'
  return agreement.gate === 'met' ? null : agreementSentence(agreement)
}

/** Signed numbers have six decimals, so that no engine's last bit decides whether a page is recomputed. */
function round(value: number): number {
  return Number(value.toFixed(6))
}

/** "AC1 0.94 (0.88 to 1.00) over 64 records read by two; …" */
export function agreementSentence(agreement: ReviewAgreement): string {
  const { records, ac1, low, high, onErrors, gate, changed = 0 } = agreement
  const errors = onErrors === null ? 'nobody saw an error in them' : `on errors they agree in ${(onErrors * 100).toFixed(0)} %`
  const words = {
    met: 'The readers agree well enough.',
    failed: `The readers do not agree well enough (AC1 at least ${leastAgreement.ac1.toFixed(2)}, its lower limit at least ${leastAgreement.low.toFixed(2)}).`,
    'too-few': `Fewer than ${fewestDoubleRead} records were read by two: not enough to say.`,
  }[gate]
  const later = changed === 0 ? '' : ` On ${changed} a verdict was changed after both had read, which is not counted.`
  return `AC1 ${ac1.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}) over ${records} records read by two; ${errors}. ${words}${later}`
}

/** "30 of 34 second readings done, 2 of 3 disagreements decided." */
export function doubleSentence({ wanted, read, disagreements, adjudicated }: DoubleProgress): string {
  const decided = disagreements === 0 ? 'no disagreement' : `${adjudicated} of ${disagreements} disagreements decided`
  return `${read} of ${wanted} second readings done, ${decided}.`
}
