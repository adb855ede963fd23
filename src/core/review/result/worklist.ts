/** What readers called harmful or wrong, as findings that somebody has to mend: by keyed record, domain and field; never a value. */

import * as v from 'valibot'
import { sha256Hex } from '../../canonical.ts'
import type { Severity } from '../../finding.ts'
import type { Wording } from '../../rule.ts'
import { type Kept, listBy, object } from '../../values/document.ts'
import { leadOf } from '../chart/causes.ts'
import { asksReason, worstVerdict } from '../decision/decision.ts'
import type { Draw } from '../draw/draw.ts'
import { outsideMapping } from '../model/chart.ts'
import type { PairItem, RecordPair } from '../model/pair-types.ts'
import { type DifferenceEvent, type Reason, type RecordDecision, reasons, type Verdict } from '../model/review-event.ts'
import { type DoubleReading, readingDue } from './double-reading.ts'

/** One difference that a reader called harmful or wrong. */
const worklistFinding = object({
  /** Stable for a sample, a record and an entry: 16 hexadecimal digits. */
  id: v.string(),
  /** `review/dose`, `review/missing` …: why it is wrong. */
  code: v.string(),
  /** Keyed hash of the record. */
  record: v.string(),
  domain: v.string(),
  /** The entry of the record, as verdicts name it. */
  item: v.string(),
  /** Paths of the field map that differ; empty where the whole entry does. */
  fields: v.array(v.string()),
  class: v.string(),
  verdict: v.picklist(['harmful', 'wrong']),
  reason: v.picklist(reasons),
  /** Digest of the document of the draw that it was read in. */
  draw: v.string(),
  /** Number of the run that this sample was drawn from. */
  run: v.number(),
  /** Ids of the verdicts that say so. */
  verdicts: v.array(v.string()),
})
export type WorklistFinding = Kept<typeof worklistFinding>

const worklistLook = object({
  finding: v.string(),
  run: v.number(),
  /** `run`: both sides were compared again; `reader`: a clinician read the record again. */
  by: v.picklist(['run', 'reader']),
  there: v.boolean(),
})
/** Somebody or something looked again after a later run. */
export type WorklistLook = Kept<typeof worklistLook>

/** `review/worklist.json`. */
export const worklistDocument = object({
  /** Sorted by id. */
  findings: listBy('id', worklistFinding),
  /** In the order of run and finding. */
  looks: v.array(worklistLook),
})

const order: readonly Reason[] = reasons

/**
 * Findings of a sample, worst first. Only drawn records count, so a seeded defect can never be among them; records that wait for another
 * reader are left out, because who reads second must not know what the first one said.
 */
export function worklistFindings(
  { name, records }: { readonly name: string; readonly records: Draw['records'] },
  decisions: ReadonlyMap<string, RecordDecision>,
  double: DoubleReading | null,
  run: number,
): readonly WorklistFinding[] {
  return records
    .flatMap(({ id: record }) => {
      const decision = decisions.get(record)
      if (decision?.state !== 'judged' || readingDue(record, decision, double) !== null) return []
      const byItem = new Map<string, DifferenceEvent[]>()
      for (const event of decision.counted)
        if (asksReason(event.verdict)) byItem.set(itemJudged(event), [...(byItem.get(itemJudged(event)) ?? []), event])
      return [...byItem].flatMap(([item, said]) => findingOf(record, item, said, name, run))
    })
    .sort(worstFirst)
}

/** The row that a finding names: rows judged as one cause are one finding. */
export function itemJudged({ item, cause }: Pick<DifferenceEvent, 'item' | 'cause'>): string {
  return cause === undefined ? item : leadOf(cause)
}

function findingOf(
  record: string,
  item: string,
  said: readonly DifferenceEvent[],
  draw: string,
  run: number,
): readonly WorklistFinding[] {
  const worst = worstVerdict(said.map(({ verdict }) => verdict))
  const worstSaid = said.filter(({ verdict }) => verdict === worst).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const [first] = worstSaid
  if (!first || !isWrong(worst)) return []
  const reason = first.reason ?? 'other'
  return [
    {
      id: sha256Hex(`${draw}\n${record}\n${item}`).slice(0, 16),
      code: `review/${reason}`,
      record,
      domain: first.domain,
      item,
      fields: [...new Set(said.flatMap(({ fields = [] }) => fields))].sort(),
      class: first.class,
      verdict: worst,
      reason,
      draw,
      run,
      verdicts: said.map(({ id }) => id).sort(),
    },
  ]
}

function isWrong(verdict: Verdict | null): verdict is 'harmful' | 'wrong' {
  return verdict === 'harmful' || verdict === 'wrong'
}

export function worstFirst(a: WorklistFinding, b: WorklistFinding): number {
  const rank = (each: WorklistFinding): number => (each.verdict === 'harmful' ? 0 : 1)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (a.reason !== b.reason) return order.indexOf(a.reason) - order.indexOf(b.reason)
  return a.record < b.record ? -1 : a.record > b.record ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export const severityOfVerdict: Readonly<Record<WorklistFinding['verdict'], Severity>> = { harmful: 'critical', wrong: 'error' }

/** Paths of an entry that differ, for its verdict. */
export function differingPaths(item: Pick<PairItem, 'fields'>): readonly string[] {
  const differing = item.fields.filter(({ cls }) => cls !== 'same' && cls !== 'same-after-rule').map(({ path }) => path)
  return [...new Set(differing)].sort()
}

/**
 * Whether a difference is still there when both sides are compared again. An entry of the legacy side keeps its name; one that only the
 * new system has moves with its file, so any such entry of that domain counts as the same one: rather looked at twice than missed.
 */
export function isStillThere(finding: Pick<WorklistFinding, 'item' | 'domain' | 'class'>, pair: RecordPair): boolean {
  if (pair.missing !== null) return true
  const items = pair.domains.flatMap((each) => each.items)
  const differs = ({ cls }: PairItem): boolean => cls !== 'same' && cls !== 'same-after-rule'
  // The whole record was on one side only, and both have it now.
  if (finding.item === 'record') return false
  const outside = finding.item.startsWith(outsideMapping) ? finding.item.slice(outsideMapping.length) : null
  if (outside !== null)
    return pair.chart.sections.some(
      ({ id, rows }) => id === outside && rows.some(({ legacy }) => (legacy?.unmapped ?? []).length > 0),
    )
  const same = items.find(({ id }) => id === finding.item)
  // Where the comparison called both sides the same and a reader did not, only a reader can say that it is right now.
  if (same) return finding.class === 'same-after-rule' || finding.class === 'same' || differs(same)
  // What no line of the mapping took stays wrong until one does.
  if (finding.class === 'not-compared')
    return pair.chart.sections.some(({ rows }) => rows.some(({ id, note }) => id === finding.item && note.cls === 'not-compared'))
  return items.some((item) => item.domain === finding.domain && item.legacy === null && differs(item))
}

/** `open`: nothing changed since. `unlooked`: a later run is there, and nobody looked. `gone`: waits to be read again. */
export type WorklistState = 'open' | 'unlooked' | 'still-there' | 'gone' | 'closed' | 'wrong-again' | 'withdrawn'

/**
 * Where a finding stands: the last look after the run it was found in decides, a reader's before a comparison's. What a reader found right
 * holds for the run it was read in: after a later one it is looked for again, and stays closed only where that finds nothing.
 */
export function worklistState(finding: WorklistFinding, looks: readonly WorklistLook[], lastRun: number): WorklistState {
  const later = looks.filter(({ finding: id, run }) => id === finding.id && run > finding.run)
  const rank = (look: WorklistLook): number => look.run * 2 + (look.by === 'reader' ? 1 : 0)
  const last = later.toSorted((a, b) => rank(b) - rank(a))[0]
  // What was read as wrong in a later sample is a finding of that one.
  if (last?.by === 'reader' && last.there) return 'wrong-again'
  const read = later.filter(({ by }) => by === 'reader').toSorted((a, b) => b.run - a.run)[0]
  const closed = read !== undefined && !read.there
  if (last && last.run >= lastRun) return last.there ? 'still-there' : closed ? 'closed' : 'gone'
  return lastRun > finding.run ? 'unlooked' : 'open'
}

/** States in which the record has to be read again before the finding is closed. */
export function isToReadAgain(state: WorklistState): boolean {
  return state !== 'closed' && state !== 'withdrawn' && state !== 'wrong-again'
}

const wrongBy: Readonly<Record<Reason, readonly [title: string, remedy: string]>> = {
  dose: [
    'A dose is not what the old system says',
    'Check the rule and the unit factor that carry the dose, and every other record they wrote.',
  ],
  unit: ['A unit is not what the old system says', 'Check the value map of the unit and the factor that goes with it.'],
  date: [
    'A date is not what the old system says',
    'Check the order of day and month, the time zone and the precision that the rule reads and writes.',
  ],
  'wrong-patient': [
    'An entry stands in the record of another patient',
    'Check the keys that entries are linked by, and which patients were merged. Stop the load until it is understood.',
  ],
  missing: ['An entry did not arrive', 'Find out which rule, filter or rejection left it out, and load it again.'],
  extra: [
    'An entry arrived that is not current in the old system',
    'Check how stopped, refuted and removed entries are carried over.',
  ],
  code: [
    'A code does not mean what the old one meant',
    'Check the value map of this code and every record that it was used for.',
  ],
  'text-cut': ['A text arrived cut short', 'Check the length that the new field holds, and carry the rest in a note.'],
  other: [
    'Something else is wrong; the reader said what in a comment',
    'Read the comment beside the record; it stays in the private part of the project.',
  ],
}

/** Titles and remedies of the codes above. */
export const reviewWordings: readonly Wording[] = reasons.map((reason) => ({
  code: `review/${reason}`,
  title: wrongBy[reason][0],
  why: 'A clinician read both sides of a drawn record and called the difference harmful or wrong. What one drawn record shows, others have as well.',
  remedy: wrongBy[reason][1],
  severity: 'error',
}))
