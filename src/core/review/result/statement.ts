/**
 * The exact words of a signature: a list of facts, each one sentence, composed from computed numbers, shown before signing, signed as shown.
 * Another fact is another line here.
 */

import { notesSentence, type ReaderNotes } from '../decision/notes-hidden.ts'
import { attentionSentence, type ReaderAttention } from './attention.ts'
import { type DoubleProgress, doubleSentence } from './double-reading.ts'
import { type SignerReads, signerSentence } from './reads.ts'
import { type ClaimResult, count, countedSentence, progressSentence, type ReviewProgress, resultSentence } from './result.ts'

type Signed = 'review' | 'approval' | 'rejection'

export interface StatementFacts {
  readonly legacy: string
  readonly target: string
  /** Domains in words, e.g. "Allergies". */
  readonly covers: readonly string[]
  readonly population: number
  /** Who signs, what this person read, and what others did. */
  readonly reads: SignerReads
  readonly progress: ReviewProgress
  readonly claims: readonly ClaimResult[]
  /** Null or absent where one reader was planned. */
  readonly double?: DoubleProgress | null
  /** Seeded defects of this person; null before they were told to everybody, and where none was seeded. */
  readonly caught?: { readonly seeded: number; readonly caught: number } | null
  /** Open critical findings and errors of the run. */
  readonly openFindings: number
  readonly runNumber: number | null
  /** How charts were read, of who signs and of everybody else by the name to print; absent where nobody read section by section. */
  readonly attention?: { readonly own: ReaderAttention | null; readonly others: readonly ReaderAttention[] }
  /** Readers by the name to print; absent or empty where nobody closed a record. */
  readonly notes?: readonly ReaderNotes[]
  /** Why somebody approves although a claim does not hold, or refuses; null where nothing was given. */
  readonly reason?: string | null
  /** What is not read yet, in a sentence; null or absent where everything is. */
  readonly unfinished?: string | null
}

/** Choices of the signing dialog, with the sentence that each stands for. */
export function meaningSentence(meaning: Signed, facts: Pick<StatementFacts, 'covers' | 'legacy' | 'target'>): string {
  const what = facts.covers.join(', ') || 'the records'
  if (meaning === 'review') return 'I sign what I read myself, as it is counted here.'
  if (meaning === 'approval') return `I approve carrying over ${what} from ${facts.legacy} to ${facts.target}.`
  return `I do not approve carrying over ${what} from ${facts.legacy} to ${facts.target}.`
}

/** How many claims an approval would stand against. */
export function failedClaims(claims: readonly Pick<ClaimResult, 'holds'>[]): number {
  return claims.filter(({ holds }) => !holds).length
}

/** "I approve although 1 of 2 claims does not hold. Reason: …"; null where every claim holds. */
export function againstSentence(claims: readonly Pick<ClaimResult, 'holds'>[], reason: string | null): string | null {
  const failed = failedClaims(claims)
  if (failed === 0) return null
  const why = reason?.trim() ? `Reason: ${withStop(reason.trim())}` : 'No reason is given.'
  return `I approve although ${failed} of ${claims.length} claims ${failed === 1 ? 'does' : 'do'} not hold. ${why}`
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** One fact a line, in the order in which they are read. */
export function statementLines(meaning: Signed, facts: StatementFacts): readonly string[] {
  const { claims, double, caught, reason = null, runNumber, openFindings } = facts
  const against = meaning === 'approval' ? againstSentence(claims, reason) : null
  const part = meaning === 'review' && facts.unfinished ? facts.unfinished : null
  const findings =
    openFindings === 0
      ? 'No critical finding or error of that run is open.'
      : `${count(openFindings)} critical ${openFindings === 1 ? 'finding or error is' : 'findings or errors are'} open.`
  return [
    meaningSentence(meaning, facts),
    ...(against === null ? [] : [against]),
    ...(meaning === 'rejection' && reason?.trim() ? [`Reason: ${withStop(reason.trim())}`] : []),
    signerSentence(facts.reads),
    ...ownAttention(facts),
    ...(caught ? [`I caught ${count(caught.caught)} of ${count(caught.seeded)} seeded defects.`] : []),
    ...(part === null ? [] : [`I sign a part of the review: ${part} A part proves no claim, so no bound stands here.`]),
    `The sample was drawn from ${count(facts.population)} records of ${facts.legacy} and read beside their copies in ${facts.target}.`,
    `All readers together: ${part === null ? progressSentence(facts.progress) : countedSentence(facts.progress)}`,
    ...(double ? [`All readers together: ${doubleSentence(double)}`] : []),
    ...(facts.attention?.others ?? []).flatMap((one) => readingOf(one.reader, one)),
    ...(facts.notes ?? []).map(notesSentence),
    ...(part === null && claims.length > 0 ? ['From the verdicts of all readers together:', ...claims.map(resultSentence)] : []),
    runNumber === null ? 'No run of the checks stands behind it.' : `It speaks about run #${runNumber}.`,
    ...(runNumber === null ? [] : [findings]),
  ]
}

/** Who signs says of the own reading how attentive it was, apart from that of others. */
function ownAttention({ attention }: StatementFacts): readonly string[] {
  return attention?.own ? readingOf('My own reading', attention.own) : []
}

function readingOf(whose: string, one: ReaderAttention): readonly string[] {
  const words = attentionSentence([one])
  return words === null ? [] : [`${whose}: ${words}`]
}

export function statementText(meaning: Signed, facts: StatementFacts): string {
  return statementLines(meaning, facts).join(' ')
}
