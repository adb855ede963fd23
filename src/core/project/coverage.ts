/** Does a signature still speak about what is here now? A signature is never rewritten; what moved on is named. */
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'
import { type CoveredDigests, currentDigests, currentRun, payloadOf, type SignaturePayload } from './signature.ts'

export interface Coverage {
  readonly covers: 'current' | 'earlier'
  /** What changed since the signature, worst to overlook first; empty when it covers what is here. */
  readonly changed: readonly { readonly what: keyof CoveredDigests; readonly sentence: string }[]
}

const words: readonly (readonly [keyof CoveredDigests, string])[] = [
  ['sources', 'A source file changed after signing: not covered.'],
  ['mapping', 'The mapping changed after signing: not covered.'],
  ['plan', 'The sample plan changed after signing: not covered.'],
  ['frame', 'The frame of records changed after signing: not covered.'],
  ['sample', 'Another sample was drawn after signing: not covered.'],
  ['baseline', 'Accepted findings changed after signing: not covered.'],
  ['verdicts', 'Verdicts were added or taken back after signing: not covered.'],
]

/** Compares a payload with the digests of what is here now. */
export function coverage(payload: SignaturePayload, current: CoveredDigests, run: { readonly number: number } | null): Coverage {
  const changed: { what: keyof CoveredDigests; sentence: string }[] = []
  if (payload.digests.run !== current.run) changed.push({ what: 'run', sentence: runSentence(payload, run) })
  for (const [what, sentence] of words) if (payload.digests[what] !== current[what]) changed.push({ what, sentence })
  return { covers: changed.length === 0 ? 'current' : 'earlier', changed }
}

function runSentence(payload: SignaturePayload, run: { readonly number: number } | null): string {
  const signed = payload.run ? `Signed for run #${payload.run.number}.` : 'Signed before any run.'
  if (!run) return `${signed} That run is no longer in the project: not covered.`
  if (run.number === payload.run?.number) return `${signed} The record of that run was changed: not covered.`
  return `${signed} Current run is #${run.number}: not covered.`
}

/** A signature of the project with what it covers now. */
export interface SignatureState {
  readonly entry: LedgerEntry
  readonly payload: SignaturePayload
  readonly coverage: Coverage
}

/** All readable signatures in the order of the ledger. Validity is the business of verify.ts. */
export function signaturesOf(project: Project): readonly SignatureState[] {
  const current = currentDigests(project)
  const run = currentRun(project)
  return project.ledger.flatMap((entry) => {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    return payload ? [{ entry, payload, coverage: coverage(payload, current, run) }] : []
  })
}
