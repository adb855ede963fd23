/** What a reader does on a chart, kept for good before it counts as said. */
import { paths } from '../../../../core/project/format/documents.ts'
import { sealText, withSealedTexts } from '../../../../core/project/format/sealed-text.ts'
import { type ReviewAct, undoVerdict } from '../../../../core/project/review/review-steps.ts'
import type { Reason, SectionEvent, Verdict } from '../../../../core/review/model/review-event.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { newSalt } from '../../../session/record-names.ts'
import { differenceAct } from './reading.ts'
import { type JudgedDifference, verdictStep } from './review.ts'

/** One verdict for one entry, or for all that have one cause. */
export interface ChartVerdict {
  readonly about: readonly JudgedDifference[]
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** Empty where nothing was written. */
  readonly comment: string
  readonly cause: string | null
}

/** Resolves with null only after the verdict is on disk; until then no row may show it as recorded. */
export function recordChartVerdict({ about, verdict, reason, comment: written, cause }: ChartVerdict): Promise<Refusal> {
  return act((project, hand) => {
    const text = written.trim()
    if (reason === 'other' && text === '')
      return { ok: false, problem: 'The reason "Other" needs a comment. Write it, then choose the reason.' }
    const comment = text === '' ? null : sealText(text, newSalt)
    const acts: ReviewAct[] = []
    for (const each of about) {
      const made = differenceAct(each, verdict, reason)
      if (!made.ok) return made
      const more = { ...(comment !== null && { comment: comment.digest }), ...(cause !== null && { cause }) }
      acts.push(made.act.kind === 'difference' ? { ...made.act, ...more } : made.act)
    }
    const kept = comment === null ? project.private : withSealedTexts(project, paths.comments, [comment])
    return verdictStep({ ...project, private: kept }, acts, hand)
  })
}

/** A section that was on screen: what it showed, and for how long. */
export type SectionRead = Pick<SectionEvent, 'record' | 'section' | 'entries' | 'words' | 'seconds'>

export function recordSection({ seconds, ...read }: SectionRead): Promise<Refusal> {
  return act((project, hand) =>
    verdictStep(project, [{ kind: 'section-confirmed', ...read, seconds: Math.floor(seconds) }], hand),
  )
}

/** Leaves a record for later; until somebody judges it, it counts as wrong. What was on screen of it is said. */
export function recordSkip(record: string, opened: readonly SectionRead[]): Promise<Refusal> {
  return act((project, hand) => {
    const seen = opened.map(({ seconds, ...read }): ReviewAct => {
      return { kind: 'section-opened', ...read, seconds: Math.floor(seconds) }
    })
    return verdictStep(project, [...seen, { kind: 'skip', record }], hand)
  })
}

/** Takes back one act of this reader, by its name. */
export function takeBack(event: string): Promise<Refusal> {
  return act((project, hand) => undoVerdict(project, hand, event))
}

/** What was written about a verdict, where this browser has it; null where nothing was. */
export function commentText(digest: string | null | undefined, texts: ReadonlyMap<string, string>): string | null {
  return digest ? (texts.get(digest) ?? 'A comment that is sealed elsewhere.') : null
}
