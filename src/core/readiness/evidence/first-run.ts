/** The three facts of the first run, computed from the same run, review and board as everything else. */

import { titleOf } from '../../data/reconcile/compare/difference-codes.ts'
import type { Project } from '../../project/format/project.ts'
import type { RunFinding } from '../../project/format/run.ts'
import { eventsOfDraw } from '../../project/sample/draw-events.ts'
import { trapResultOf } from '../../project/sample/trap-list.ts'
import { meaningTitle, signedMeanings } from '../../project/verify/signed-meanings.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import { count, recordsAsked, reviewProgress } from '../../review/result/result.ts'
import { allergyCodes } from '../model/pairing-codes.ts'
import { evidenceRun } from './evidence.ts'

export interface FirstRunFact {
  readonly mark: 'critical' | 'ok' | 'at-risk'
  readonly title: string
  readonly sentence: string
  readonly action: string
  /** Hash route without `#`. */
  readonly route: string
}

/** What the app knows of a moved bottleneck beyond the run: the sentence of its rule, and the score that ranks it. */
export interface MovedBottleneck {
  readonly workflow: string
  readonly fingerprint: string
  readonly sentence: string
  readonly step: string
  readonly score: number
}

/** The most costly bottleneck that moved to a screen; null where none did. */
export function bottleneckFact(moved: readonly MovedBottleneck[]): FirstRunFact | null {
  const worst = moved.toSorted((a, b) => b.score - a.score || (a.fingerprint < b.fingerprint ? -1 : 1))[0]
  if (!worst) return null
  return {
    mark: 'critical',
    title: 'A bottleneck you were about to digitize',
    sentence: worst.sentence,
    action: 'Compare the step',
    route: `/workflow/${worst.workflow}/compare?step=${worst.step}`,
  }
}

/** Allergies that did not arrive as they were, over all records; null where every one did or nothing was paired. */
export function allergyFact(project: Project): FirstRunFact | null {
  const run = evidenceRun(project, (each) => each.pairing !== null)
  const found = (run?.findings ?? []).filter((finding) => allergyCodes.includes(finding.code))
  const worst = found.toSorted(shownFirst)[0]
  if (!run?.pairing || !worst) return null
  const differences = found.reduce((sum, finding) => sum + finding.count, 0)
  const { allergyStates, patients } = run.pairing
  const denied = Object.entries(allergyStates).reduce((sum, [states, n]) => sum + (isWarningLost(states) ? n : 0), 0)
  const { legacy, target } = project.manifest
  // The number of the finding that the card opens comes first: one fact, one number.
  const named = worst.patients ?? worst.count
  const own = `${count(named)} ${named === 1 ? 'patient' : 'patients'}: ${titleOf(worst.code).toLowerCase()}.`
  const lost =
    denied === 0
      ? ''
      : ` ${count(denied)} ${denied === 1 ? 'patient has' : 'patients have'} a known allergy in ${legacy} and none in ${target}.`
  return {
    mark: 'critical',
    title: 'An allergy that did not arrive',
    sentence: `${own}${lost} In all ${count(differences)} allergy ${differences === 1 ? 'difference' : 'differences'} among ${count(patients)} patients.`,
    action: 'Open the finding',
    route: `/data/findings/${worst.fingerprint}`,
  }
}

/** Known in legacy, anything else in the target: the state that would have warned is gone. Written "legacy → target". */
function isWarningLost(states: string): boolean {
  const [legacy, target] = states.split(' → ')
  return legacy === 'known' && target !== 'known'
}

function shownFirst(a: RunFinding, b: RunFinding): number {
  const rank = (finding: RunFinding): number => allergyCodes.indexOf(finding.code)
  return rank(a) - rank(b) || b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1)
}

/** How far the review is; null where no sample is drawn. */
export function reviewFact(project: Project): FirstRunFact | null {
  const { draw } = project.review
  if (!draw || draw.records.length === 0) return null
  const decisions = decisionsOf(eventsOfDraw(project))
  const asked = recordsAsked(project.review.plan, draw.records, decisions, trapResultOf(project))
  const { sample, judged } = reviewProgress(asked, decisions)
  const left = sample - judged
  const refused = signedMeanings(project).find(({ meaning }) => meaning === 'rejection')
  if (refused)
    return {
      mark: 'at-risk',
      title: refused.covers === 'current' ? 'A sign-off was refused' : 'A sign-off was refused, for an earlier version',
      sentence: `${meaningTitle(refused)}. ${judged} of ${sample} sampled records have a verdict.`,
      action: 'Open the certificate',
      route: '/review/certificate',
    }
  if (left === 0)
    return {
      mark: 'ok',
      title: 'Every sampled record is reviewed',
      sentence: `${sample} of ${sample} sampled records have a verdict.`,
      action: 'Open the certificate',
      route: '/review/certificate',
    }
  return {
    mark: 'at-risk',
    title: 'A sign-off is waiting',
    sentence: `${left} of ${sample} sampled records left; until they are judged they count as wrong.`,
    action: 'Review the next record',
    // Without a number: the page knows in which order its reader reads.
    route: '/review/records',
  }
}
