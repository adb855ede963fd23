/** Does a signature still speak about what is here now? A signature is never rewritten; what moved on is named. */
import { digestOf, sha256Hex } from '../../canonical.ts'
import { severityPolicyPath } from '../../data/blast-radius/severity-policy.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { openedWorkflow } from '../runs/opened-inputs.ts'
import { schemasDigest } from '../runs/run-summary.ts'
import { currentDigests, currentRun, payloadOf } from '../signing/signature.ts'
import type { CoveredDigests, SignaturePayload } from '../signing/signature-page.ts'
import { brokenSentence, heldSentence, type SignedPart, signedPart } from './signed-part.ts'

export interface Coverage {
  readonly covers: 'current' | 'earlier'
  /** What changed since the signature, worst to overlook first; empty when it covers what is here. */
  readonly changed: readonly { readonly what: Covered; readonly sentence: string }[]
  /** A part that was signed and read on from: it covers an earlier state, and all that it covered stands as it was. Absent otherwise. */
  readonly part?: SignedPart
}

/** What a signature names by digest, and the names on it. */
export type Covered = keyof CoveredDigests | 'names'

const words: readonly (readonly [keyof CoveredDigests, string])[] = [
  ['sources', 'A source file changed after signing: not covered.'],
  ['mapping', 'The mapping changed after signing: not covered.'],
  ['plan', 'The sample plan changed after signing: not covered.'],
  ['frame', 'The frame of records changed after signing: not covered.'],
  ['sample', 'Another sample was drawn after signing: not covered.'],
  ['baseline', 'Accepted findings changed after signing: not covered.'],
  ['verdicts', 'Verdicts were added or taken back after signing: not covered.'],
]

/** Compares a payload with what is here now. */
export function coverage(project: Project, payload: SignaturePayload, current: CoveredDigests): Coverage {
  const changed: { what: Covered; sentence: string }[] = []
  if (payload.digests.run !== current.run && !isSameAgain(project, payload))
    changed.push({ what: 'run', sentence: runSentence(payload, currentRun(project)) })
  for (const [what, sentence] of words) if (payload.digests[what] !== current[what]) changed.push({ what, sentence })
  changed.push(...renamed(project, payload))
  if (changed.length === 0) return { covers: 'current', changed }
  const part = payload.part && changed.every(({ what }) => what === 'verdicts') ? signedPart(project, payload) : null
  if (part === null) return { covers: 'earlier', changed }
  if (part.broken > 0) return { covers: 'earlier', changed: [{ what: 'verdicts', sentence: brokenSentence(part) }] }
  return { covers: 'earlier', changed: [{ what: 'verdicts', sentence: heldSentence(part) }], part }
}

/** Whether the last run is the signed one made again: same inputs, same results, only its number and its time are others. */
function isSameAgain(project: Project, { digests }: SignaturePayload): boolean {
  const signed = project.runs.find((run) => digestOf(jsonOf(run)) === digests.run)
  const now = currentRun(project)
  const made = { id: '', number: 0, started: '' }
  return (
    signed !== undefined && now !== null && digestOf(jsonOf({ ...signed, ...made })) === digestOf(jsonOf({ ...now, ...made }))
  )
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

/** What a signature covers, as the cell of a table. */
export function coverageWords({ covers, changed, part }: Coverage): string {
  if (covers === 'current') return 'what is here now'
  return `${part ? 'a part of what is here' : 'an earlier state'}: ${changed[0]?.sentence ?? ''}`
}

/** All readable signatures in the order of the ledger. Validity is the business of verify.ts. */
export function signaturesOf(project: Project): readonly SignatureState[] {
  const current = currentDigests(project)
  return project.ledger.flatMap((entry) => {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    return payload ? [{ entry, payload, coverage: coverage(project, payload, current) }] : []
  })
}

/**
 * The signature that a project is judged by: the last one. A part takes the place of no whole page, so behind one it is the last word of a
 * kind that was signed over this sample as a whole, where that covers an earlier state.
 */
export function judgedSignature(project: Project): SignatureState | undefined {
  const all = signaturesOf(project)
  const last = all.at(-1)
  if (!last?.payload.part) return last
  const whole = all.filter(({ payload }) => !payload.part && payload.digests.sample === last.payload.digests.sample)
  const words = [['approval', 'rejection'], ['review']].map((kind) =>
    whole.findLast(({ payload }) => kind.includes(payload.meaning)),
  )
  // A refusal says no, whatever was read since.
  return words.find((each) => each?.coverage.covers === 'earlier' && each.payload.meaning !== 'rejection') ?? last
}

function renamed({ manifest }: Project, { project: named }: SignaturePayload): Coverage['changed'] {
  const same = (['name', 'legacy', 'target'] as const).every((part) => named[part] === manifest[part])
  return same ? [] : [{ what: 'names', sentence: 'The project or one of its systems was renamed after signing: not covered.' }]
}

/**
 * What the last run judged by and is otherwise now, one sentence each. A signature speaks about the records that were read, so it stays;
 * the findings it counted are those of a run that has to be made again.
 */
export function judgedOtherwise(project: Project): readonly string[] {
  const run = currentRun(project)
  if (!run) return []
  const bytes = project.other.get(severityPolicyPath)
  const severities = bytes === undefined ? undefined : `sha256:${sha256Hex(bytes)}`
  const moved = run.workflows.filter(({ id, digest }) => {
    const now = project.workflows.find((each) => each.id === id)
    return now === undefined || openedWorkflow(now).digest !== digest
  })
  const since = `since run #${run.number}: its findings are not those of what is here.`
  return [
    ...(run.schemas === schemasDigest(project) ? [] : [`A schema changed ${since}`]),
    ...(run.severityRules === severities ? [] : [`The rules of severity changed ${since}`]),
    ...moved.map(({ id }) => `The workflow ${id} changed ${since}`),
  ]
}
