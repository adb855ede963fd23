import { whyNotAccepted } from '../../data/baseline/acceptance.ts'
import type { Severity } from '../../finding.ts'
import { calibrationResult } from '../../review/decision/calibration.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import { notesOf } from '../../review/decision/notes-hidden.ts'
import type { DrawnRecord } from '../../review/draw/draw.ts'
import type { RecordDecision } from '../../review/model/review-event.ts'
import { changedAfterNotes } from '../../review/plan/blind.ts'
import { populationOf } from '../../review/plan/sampling-plan.ts'
import { attentionOf } from '../../review/result/attention.ts'
import { doubleProgress, doubleReadingOf, reviewAgreement } from '../../review/result/double-reading.ts'
import { type ReaderReads, readsOf } from '../../review/result/reads.ts'
import { claimResults, recordsAsked, reviewProgress, withUnjudged } from '../../review/result/result.ts'
import { acceptedWorkIn } from '../duties/held-work.ts'
import { waiversOfDraw } from '../duties/waivers.ts'
import type { Project } from '../format/project.ts'
import type { RunSummary } from '../format/run.ts'
import { hazardCounts } from '../hazards/hazard-counts.ts'
import { headOf } from '../ledger/head.ts'
import { latestMoment } from '../ledger/ledger.ts'
import { isAccepted } from '../runs/acceptance-in-force.ts'
import { drawsOf, eventsOfDraw, extendedAt } from '../sample/draw-events.ts'
import { settledForks } from '../sample/settlements.ts'
import { areTrapsRevealed, trapResultOf } from '../sample/trap-list.ts'
import { currentDigests, currentRun, type SigningWords } from '../signing/signature.ts'
import type { SignaturePayload } from '../signing/signature-page.ts'
import { unfinishedReading } from './readings-missing.ts'
import { unjudgedParts } from './unjudged-parts.ts'

/**
 * Since 2 a claim holds only where every reader has read the seeded defects and saw enough of them, weighed by what each read; since 3 a page
 * says of how many records each reader judged with the program's notes hidden, and who the readers are; since 4 a claim about a part of the
 * record is judged only where an entry of that part is known.
 */
const resultRules = 4

/** Everything the signature binds, computed from the project; only the words come from the person. `rules`: those of the page to check. */
export function signaturePayload(project: Project, words: SigningWords, rules = resultRules): SignaturePayload {
  const { plan, draw } = project.review
  const { id, name, legacy, target } = project.manifest
  const drawn = draw?.records ?? []
  const decisions = decisionsOf(eventsOfDraw(project))
  const run = currentRun(project)
  const part = words.meaning === 'review' && unfinishedReading(project) !== null
  // A rejection and a part are signed at any time and tell nobody which defects were seeded, not even by their number.
  const early = words.meaning === 'rejection' || part
  const sensitivity = early && !areTrapsRevealed(project.ledger) ? null : trapResultOf(project)
  const unjudged = rules < 4 ? new Set<string>() : unjudgedParts(project)
  const asked = recordsAsked(plan, drawn, decisions, sensitivity)
  const asOf = notBefore(words.time, project.ledger)
  return {
    format: 'carryover-signature/1',
    rules: resultRules,
    ...words,
    ...(part ? { part } : {}),
    // A clock that is behind dates no page before what it stands on.
    time: asOf,
    project: { id, name, legacy, target },
    head: headOf(project.ledger),
    digests: currentDigests(project),
    run: run && { id: run.id, number: run.number },
    draw: draw && {
      seed: draw.seed,
      rolledBy: draw.rolledBy,
      times: draw.times,
      total: drawsOf(project.ledger).total,
      reason: draw.reason,
      ...(plan && extendedAt(project.ledger) >= 0 ? { first: plan.strata.reduce((sum, { n }) => sum + n, 0) } : {}),
    },
    population: plan ? populationOf(plan) : 0,
    claims: plan && draw ? withUnjudged(claimResults(plan, drawn, decisions, sensitivity), unjudged) : [],
    progress: reviewProgress(asked, decisions),
    ...doubleParts(project, decisions, asked),
    sensitivity,
    calibration: plan?.calibration ? { readers: calibrationResult(project.review.calibration ?? []) } : null,
    ...attentionPart(project, asked),
    ...(plan?.blind === undefined ? {} : { blind: plan.blind, ...unblindedPart(project, asked) }),
    notes: notesOf(eventsOfDraw(project), new Set(asked.map(({ id }) => id))),
    ...readersOf(project, decisions),
    open: openFindings(project, run, asOf),
    ...hazardsPart(project),
    ...forksOf(project),
    ...waiversOf(project),
    ...heldOf(project),
    accepted: acceptedOn(project, asOf).map(({ fingerprint, reason, by }) => ({ fingerprint, reason, by })),
  }
}

/** A clock that is behind, or was set back, makes no acceptance good again that had expired when the ledger was written last. */
function notBefore(time: string, ledger: Project['ledger']): string {
  const last = latestMoment(ledger)?.wall
  return last !== undefined && Date.parse(last) > Date.parse(time) ? last : time
}

function doubleParts(
  { review: { draw, plan } }: Project,
  decisions: ReadonlyMap<string, RecordDecision>,
  records: readonly DrawnRecord[],
): Pick<SignaturePayload, 'double' | 'agreement'> {
  const double = doubleReadingOf(draw, plan)
  if (!draw || !double) return { double: null, agreement: null }
  return {
    double: doubleProgress({ ...draw, records }, decisions, double),
    agreement: reviewAgreement({ ...draw, records }, decisions),
  }
}

function readersOf(
  { review, keys }: Project,
  decisions: ReadonlyMap<string, RecordDecision>,
): Pick<SignaturePayload, 'readers' | 'people'> & { readonly reads: readonly ReaderReads[] } {
  const reads = readsOf(decisions, new Set(review.draw?.records.map(({ id }) => id)))
  const names = new Map(keys.map(({ actor, name }) => [actor, name]))
  const people = reads.flatMap(({ reader }) => (names.get(reader)?.trim() ? [{ reader, name: names.get(reader) ?? '' }] : []))
  return { readers: reads.map(({ reader, records }) => ({ reader, records })), reads, people }
}

function attentionPart(project: Project, records: readonly DrawnRecord[]): Pick<SignaturePayload, 'attention'> {
  const attention = attentionOf(eventsOfDraw(project), new Set(records.map(({ id }) => id)))
  return attention.length > 0 ? { attention } : {}
}

function unblindedPart(project: Project, records: readonly DrawnRecord[]): Pick<SignaturePayload, 'unblinded'> {
  const unblinded = changedAfterNotes(project.review.plan, records, eventsOfDraw(project))
  return unblinded.length > 0 ? { unblinded } : {}
}

function hazardsPart(project: Project): Pick<SignaturePayload, 'hazards'> {
  const hazards = hazardCounts(project)
  return hazards ? { hazards } : {}
}

function forksOf(project: Project): Pick<SignaturePayload, 'forks'> {
  const forks = settledForks(project)
  return forks.length > 0 ? { forks } : {}
}

export function waiversOf({ ledger }: Pick<Project, 'ledger'>): Pick<SignaturePayload, 'waivers'> {
  const waivers = waiversOfDraw(ledger)
  return waivers.length > 0 ? { waivers } : {}
}

export function heldOf({ ledger }: Pick<Project, 'ledger'>): Pick<SignaturePayload, 'held'> {
  const held = acceptedWorkIn(ledger)
  return held.length > 0 ? { held } : {}
}

function acceptedOn(project: Project, time: string): Project['baseline'] {
  return project.baseline.filter((each) => whyNotAccepted(each, time) === null)
}

function openFindings(project: Project, run: RunSummary | null, time: string): Record<Severity, number> {
  const open: Record<Severity, number> = { critical: 0, error: 0, warning: 0, info: 0 }
  for (const finding of run?.findings ?? [])
    if (!isAccepted(finding, project.baseline, time)) open[finding.severity] += finding.count
  return open
}
