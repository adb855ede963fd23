/** What the project says of a signature that is about to be given: the facts behind its text. */

import type { Project } from '../../../../core/project/format/project.ts'
import { slugOf } from '../../../../core/project/ledger/actor-slug.ts'
import { unfinishedReading } from '../../../../core/project/review/readings-missing.ts'
import { signaturePayload } from '../../../../core/project/review/signing-payload.ts'
import { areTrapsRevealed } from '../../../../core/project/sample/trap-list.ts'
import type { Meaning } from '../../../../core/project/signing/signature-page.ts'
import { noReads, readerName } from '../../../../core/review/result/reads.ts'
import type { StatementFacts } from '../../../../core/review/result/statement.ts'

export type Choice = Extract<Meaning, 'review' | 'approval' | 'rejection'>

/** Domains in words: those the plan has claims for, or all records. */
export function coversOf(project: Project): readonly string[] {
  const named = [...new Set((project.review.plan?.claims ?? []).flatMap((claim) => claim.domain ?? []))]
  const whole = (project.review.plan?.claims ?? []).some((claim) => claim.domain === null)
  return whole || named.length === 0 ? ['patient records'] : named
}

export interface Wording {
  readonly name: string
  readonly reason: string
}

/** What the project says of this signature; the words of the person are the name and the reason. */
export function factsOf(project: Project, meaning: Choice, time: string, { name, reason }: Wording): StatementFacts {
  const payload = signaturePayload(project, {
    statement: '',
    meaning,
    name: '',
    role: '',
    time,
    covers: coversOf(project),
    tool: '',
  })
  const signer = slugOf(name)
  const names = new Map(project.keys.map((key) => [key.actor, key.name]))
  // A first signature enrols its own key later in the same act.
  if (name.trim() !== '') names.set(signer, name.trim())
  const reads = payload.reads ?? []
  const { reader: _, ...own } = reads.find(({ reader }) => reader === signer) ?? { reader: signer, ...noReads }
  const told = areTrapsRevealed(project.ledger) ? payload.sensitivity : null
  return {
    legacy: project.manifest.legacy,
    target: project.manifest.target,
    covers: payload.covers,
    population: payload.population,
    reads: {
      name,
      own,
      others: reads
        .filter(({ reader }) => reader !== signer)
        .map((each) => ({ ...each, reader: readerName(names, each.reader) })),
      sample: payload.progress.sample,
    },
    progress: payload.progress,
    claims: payload.claims,
    double: payload.double ?? null,
    caught: told?.readers.find(({ reader }) => reader === signer) ?? null,
    openFindings: payload.open.critical + payload.open.error,
    runNumber: payload.run?.number ?? null,
    attention: {
      own: payload.attention?.find(({ reader }) => reader === signer) ?? null,
      others: (payload.attention ?? [])
        .filter(({ reader }) => reader !== signer)
        .map((each) => ({ ...each, reader: readerName(names, each.reader) })),
    },
    notes: (payload.notes ?? []).map((each) => ({ ...each, reader: readerName(names, each.reader) })),
    reason: reason.trim() === '' ? null : reason.trim(),
    unfinished: unfinishedReading(project),
  }
}
