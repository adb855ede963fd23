/** The exact words of a signature: composed from computed numbers, shown before signing, signed as shown. */
import { type ClaimResult, count, progressSentence, type ReviewProgress, resultSentence } from './result.ts'

export interface StatementFacts {
  readonly legacy: string
  readonly target: string
  /** Domains in words, e.g. "Allergies". */
  readonly covers: readonly string[]
  readonly population: number
  readonly progress: ReviewProgress
  readonly claims: readonly ClaimResult[]
  /** Open critical findings and errors of the run. */
  readonly openFindings: number
  readonly runNumber: number | null
}

/** Choices of the signing dialog, with the sentence that each stands for. */
export function meaningSentence(
  meaning: 'review' | 'approval' | 'rejection',
  facts: Pick<StatementFacts, 'covers' | 'legacy' | 'target'>,
): string {
  const what = facts.covers.join(', ') || 'the records'
  if (meaning === 'review') return 'I reviewed these records.'
  if (meaning === 'approval') return `I approve carrying over ${what} from ${facts.legacy} to ${facts.target}.`
  return `I do not approve carrying over ${what} from ${facts.legacy} to ${facts.target}.`
}

export function statementText(meaning: 'review' | 'approval' | 'rejection', facts: StatementFacts): string {
  const drawn = `The sample was drawn from ${count(facts.population)} records of ${facts.legacy} and read beside their copies in ${facts.target}.`
  const run = facts.runNumber === null ? 'No run of the checks stands behind it.' : `It speaks about run #${facts.runNumber}.`
  const findings =
    facts.openFindings === 0
      ? 'No critical finding or error of that run is open.'
      : `${count(facts.openFindings)} critical ${facts.openFindings === 1 ? 'finding or error is' : 'findings or errors are'} open.`
  return [
    meaningSentence(meaning, facts),
    drawn,
    progressSentence(facts.progress),
    ...facts.claims.map(resultSentence),
    run,
    ...(facts.runNumber === null ? [] : [findings]),
  ].join(' ')
}
