/** What a criterion may rest on: kinds of artifacts, each known by its digest, and what a criterion sees of them. */
import { digestOf, type Json } from '../../canonical.ts'
import type { FieldLine, MappingProblem } from '../../data/crosswalk/mapping/mapping.ts'
import type { Side } from '../../data/model/source.ts'
import type { Hazard } from '../../project/format/hazard-acts.ts'
import type { AcceptedFinding } from '../../project/format/project.ts'
import type { RunFinding, RunInput, RunPairing, RunWorkflow } from '../../project/format/run.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import type { Draw } from '../../review/draw/draw.ts'
import type { SamplingPlan } from '../../review/plan/sampling-plan.ts'
import type { Workflow } from '../../workflow/map/workflow.ts'
import { type InputEvidence, type InputKind, inputFiles, inputKindNames } from '../input-files/files.ts'
import type { KitRecord, PairSearch, ReviewResult, SignedResult } from './evidence-values.ts'
import type { Origin } from './origin-kind.ts'

/** The value behind each kind of artifact. The name of a kind is what `needs` of a criterion lists. */
export interface EvidenceOf extends InputEvidence {
  /** The drawn pairs. */
  readonly workflows: readonly Workflow[]
  /** Workflow part of a complete run: outcomes and simulated times. */
  readonly comparison: { readonly findings: readonly RunFinding[]; readonly workflows: readonly RunWorkflow[] }
  /** Data part of a complete run: each input checked against its schema. */
  readonly validation: {
    readonly inputs: readonly RunInput[]
    readonly findings: readonly RunFinding[]
    readonly notEvaluated: readonly { readonly what: string; readonly why: string }[]
    /** Codes of the checks that the schema or the format of each source asks for. */
    readonly asked: readonly { readonly name: string; readonly side: Side; readonly checks: readonly string[] }[]
  }
  /** Every legacy record beside its migrated one, from a complete run. */
  readonly pairing: {
    readonly pairing: RunPairing
    readonly findings: readonly RunFinding[]
    /** The search for duplicate patients in the files of the new system as they are; absent where none was made of them. */
    readonly pairSearch?: PairSearch
    /** Tables that may hold medicines although none were compared: named for them, or of legacy and in no line of the field map. */
    readonly maybeMedicines?: readonly string[]
  }
  /** The field map, and the lines of it that can not be followed. */
  readonly mapping: { readonly fields: readonly FieldLine[]; readonly problems: readonly MappingProblem[] }
  readonly plan: SamplingPlan
  readonly draw: Draw
  /** What the verdicts so far prove about each claim of the plan. */
  readonly verdicts: ReviewResult
  /** Signatures under the review; stale when they do not cover the present data. */
  readonly signatures: SignedResult
  readonly baseline: readonly AcceptedFinding[]
  /** The hazard log as its acts in the ledger make it. */
  readonly hazards: { readonly hazards: readonly Hazard[]; readonly signed: boolean }
  /** The downtime kit that was made last; stale once a file or map it was made from changed. */
  readonly kit: KitRecord
  /** Entries, and the first thing of chains, sample or verdicts that does not stand, in words. */
  readonly ledger: { readonly entries: readonly LedgerEntry[]; readonly trouble: string | null }
}

export type Kind = keyof EvidenceOf

/** Name of each kind for people, where to make one, and what the button that goes there says. */
export const kinds: Readonly<Record<Kind, { readonly label: string; readonly route: string; readonly action: string }>> = {
  workflows: { label: 'Workflow maps', route: '/workflow', action: 'Draw the workflows' },
  comparison: { label: 'Workflow comparison and simulation', route: '/workflow', action: 'Run all checks' },
  validation: { label: 'Data checks', route: '/data/sources', action: 'Add sources and run all checks' },
  pairing: { label: 'Pairing of all records', route: '/data/sources', action: 'Add both sides and run all checks' },
  mapping: { label: 'Field mapping', route: '/data/mapping', action: 'Open the mapping' },
  plan: { label: 'Sample plan', route: '/review/plan', action: 'Plan the sample' },
  draw: { label: 'Drawn sample', route: '/review/plan', action: 'Draw the sample' },
  verdicts: { label: 'Verdicts', route: '/review/records', action: 'Review the drawn records' },
  signatures: { label: 'Signed review', route: '/review/certificate', action: 'Review the sample and sign' },
  baseline: { label: 'Accepted findings', route: '/data/findings', action: 'Open the findings' },
  hazards: { label: 'Hazard log', route: '/review/hazards', action: 'Open the hazard log' },
  kit: { label: 'Downtime kit', route: '/readiness/views/downtime', action: 'Make the downtime kit' },
  ledger: { label: 'Ledger', route: '/ledger', action: 'Record the first decision' },
  ...inputKinds(),
}

interface KindWords {
  readonly label: string
  readonly route: string
  readonly action: string
}

function inputKinds(): Readonly<Record<InputKind, KindWords>> {
  const words = (kind: InputKind): KindWords => ({
    label: inputFiles[kind].title,
    route: `/readiness/inputs?kind=${kind}`,
    action: `Add the file: ${inputFiles[kind].title.toLowerCase()}`,
  })
  const entries = inputKindNames.map((kind) => [kind, words(kind)] as const)
  return Object.fromEntries(entries) as Record<InputKind, KindWords>
}

/** One thing of the project that stands behind a value, by digest. */
export interface Artifact<K extends Kind = Kind> {
  readonly kind: K
  readonly digest: string
  /** Number of the run that made it, or null for a document of the project. */
  readonly run: number | null
  /**
   * Day or RFC 3339 moment that it is as old as: when the run was, when the last thing happened in a file that goes on with time, when another
   * file was added; null for documents of the project, which are always the current ones.
   */
  readonly date: string | null
  /** The latest day on which something happened in a file; null for anything else. */
  readonly newest: string | null
  /** What it was computed from, by name and digest. */
  readonly from: readonly { readonly name: string; readonly digest: string }[]
  /** Why it no longer counts, in words; null while it does. */
  readonly stale: string | null
  /** Who or what it is from: that decides whether it proves anything. */
  readonly origin: Origin
}

/** What a criterion is given: only what it names in `needs`. */
export interface Given<K extends Kind> {
  value<N extends K>(kind: N): EvidenceOf[N]
}

/** Digest of any plain record: what JSON keeps of it, in canonical form. */
export function digestOfRecord(value: unknown): string {
  const json: Json = JSON.parse(JSON.stringify(value ?? null))
  return digestOf(json)
}
