/**
 * The hazard log of a project: what can harm a patient through this change of systems, how bad and how likely, and what is done about it.
 * `review/hazards.json` keeps every act with old and new grades; the ledger names each act by digest, so none is dropped, changed or put in
 * unseen. What people write may speak of a patient: it stays in `private/hazards.json`, and the act has its digest (hazard-texts.ts).
 *
 * Terms and matrix: DCB0129 and DCB0160, clinical risk management in the manufacture and in the deployment of health IT (NHS England,
 * implementation guidance, hazard risk matrix); ISO 14971:2019 clauses 5 to 8 for estimate, control and residual risk.
 */
import * as v from 'valibot'
import { digestOf, utf8 } from '../../../canonical.ts'
import { type Kept, keptIn, object } from '../../../values/document.ts'
import { paths } from '../../format/documents.ts'
import type { Project } from '../../format/project.ts'
import { jsonOf } from '../../format/save.ts'
import type { EntryDraft, LedgerEntry } from '../../ledger/ledger.ts'

const grade = v.picklist([1, 2, 3, 4, 5])
/** From 1 to 5. */
export type Grade = Kept<typeof grade>

export const severityWords = ['minor', 'significant', 'considerable', 'major', 'catastrophic'] as const
export const likelihoodWords = ['very low', 'low', 'medium', 'high', 'very high'] as const

/** Risk by likelihood (rows, very low first) and severity (columns, minor first). */
const matrix: readonly (readonly Grade[])[] = [
  [1, 1, 2, 2, 3],
  [1, 2, 2, 3, 4],
  [2, 2, 3, 3, 4],
  [2, 3, 3, 4, 5],
  [3, 4, 4, 5, 5],
]

export function riskOf(severity: Grade, likelihood: Grade): Grade {
  return matrix[likelihood - 1]?.[severity - 1] ?? 5
}

/** What the matrix says of each risk, 1 first. */
export const riskWords = [
  'acceptable, nothing more to do',
  'acceptable where reducing it further costs more than it gains',
  'undesirable, acceptable only where it can not be reduced further',
  'must be eliminated or controlled',
  'unacceptable',
] as const

/** From this risk on nothing is acceptable as it stands. */
export const aboveAcceptable: Grade = 3

/** The worst residual risk that a safety officer can accept at all. */
export const worstAccepted: Grade = 3

export const hazardStates = ['open', 'controlled', 'accepted', 'closed'] as const
export type HazardState = (typeof hazardStates)[number]

const hazardSource = object({
  /** `finding`: a critical finding of a run; `verdicts`: what readers called harmful or wrong; `named`: a person thought of it. */
  kind: v.picklist(['finding', 'verdicts', 'named']),
  code: v.nullable(v.string()),
  domain: v.nullable(v.string()),
  /** Number of the run. */
  run: v.nullable(v.number()),
  occurrences: v.nullable(v.number()),
  patients: v.nullable(v.number()),
  harmful: v.nullable(v.number()),
  wrong: v.nullable(v.number()),
})
/** Where a hazard was seen first. Counts are those of that run; null where they say nothing. */
export type HazardSource = Kept<typeof hazardSource>

export const named: HazardSource = {
  kind: 'named',
  code: null,
  domain: null,
  run: null,
  occurrences: null,
  patients: null,
  harmful: null,
  wrong: null,
}

/** One value of `private/hazards.json`. */
export const hazardTexts = object({
  hazard: v.string(),
  cause: v.string(),
  effect: v.string(),
  controls: v.string(),
  owner: v.string(),
})
/** What people write about a hazard. */
export type HazardTexts = Kept<typeof hazardTexts>

const hazardGrades = object({
  severity: grade,
  likelihood: grade,
  /** After the controls; null until they are judged. */
  residualSeverity: v.nullable(grade),
  residualLikelihood: v.nullable(grade),
})
export type HazardGrades = Kept<typeof hazardGrades>

/** What a person decides about a hazard. */
export interface HazardWords extends HazardTexts, HazardGrades {}

const hazard = object({
  /** `H-` and eight hexadecimal digits. */
  id: v.string(),
  /** Digest of the texts in `private/hazards.json`. */
  words: v.string(),
  hasControls: v.boolean(),
  ...hazardGrades.entries,
  status: v.picklist(hazardStates),
  from: hazardSource,
})
export type Hazard = Kept<typeof hazard>

export const hazardActions = ['hazard-added', 'hazard-changed', 'hazard-accepted', 'hazard-closed'] as const
export type HazardAction = (typeof hazardActions)[number]

const hazardAct = object({
  action: v.picklist(hazardActions),
  /** Acts on this hazard before it, plus one. */
  n: v.number(),
  by: v.string(),
  /** RFC 3339, as the ledger has it. */
  at: v.string(),
  /** Digest of the reason in `private/hazards.json`. */
  reason: v.string(),
  before: v.nullable(hazard),
  after: hazard,
  /** Only where it closes: the run that no longer shows it, or the hash of the safety officer's signature over the accepted risk. */
  evidence: v.nullable(object({ run: v.nullable(v.number()), page: v.nullable(v.string()) })),
})
export type HazardAct = Kept<typeof hazardAct>

/** `review/hazards.json`. */
export const hazardsDocument = v.array(hazardAct)

/** Every act in the file; null where it can not be read as it should be. */
export function hazardActs({ other }: Pick<Project, 'other'>): readonly HazardAct[] | null {
  const bytes = other.get(paths.hazards)
  return bytes ? keptIn(bytes, hazardsDocument) : []
}

export type HazardEntry = Pick<EntryDraft, 'action' | 'object' | 'digest'>

/** How the ledger names an act. */
export function hazardEntry(act: HazardAct): HazardEntry {
  const digest = digestOf(jsonOf(act))
  const own = digest.slice('sha256:'.length, 'sha256:'.length + 16)
  return { action: act.action, object: `${paths.hazards}#${act.after.id}/${own}`, digest }
}

type Held = Pick<Project, 'other'> & { readonly ledger: readonly LedgerEntry[] }

/** Acts that the ledger names, in its order; what lies beside it does not count. */
export function standingActs(project: Held): readonly HazardAct[] {
  const byName = new Map((hazardActs(project) ?? []).map((act) => [entryName(hazardEntry(act)), act]))
  return project.ledger.flatMap((entry) => {
    const act = entry.object.startsWith(`${paths.hazards}#`) ? byName.get(entryName(entry)) : undefined
    return act ? [act] : []
  })
}

function entryName({ action, object: at, digest }: HazardEntry): string {
  return `${action} ${at} ${digest ?? ''}`
}

/** The log as it stands: the last word on each hazard, by id. */
export function hazardsOf(project: Held): readonly Hazard[] {
  const last = new Map(standingActs(project).map(({ after }) => [after.id, after]))
  return [...last.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The risk that stands: after the controls where they are judged, else the initial one. */
export function standingRisk(hazard: HazardGrades): Grade {
  return residualRisk(hazard) ?? riskOf(hazard.severity, hazard.likelihood)
}

export function residualRisk({ residualSeverity, residualLikelihood }: HazardGrades): Grade | null {
  return residualSeverity === null || residualLikelihood === null ? null : riskOf(residualSeverity, residualLikelihood)
}

/** A hazard whose controls are written and judged is controlled, any other is open. */
export function stateOf(hazard: HazardGrades & Pick<Hazard, 'hasControls'>): HazardState {
  return residualRisk(hazard) !== null && hazard.hasControls ? 'controlled' : 'open'
}

/** Files of the project with these acts. */
export function withHazardActs(files: Project['other'], acts: readonly HazardAct[]): Project['other'] {
  return new Map(files).set(paths.hazards, utf8(`${JSON.stringify(acts, null, 2)}\n`))
}

/** Two states of the file as one: acts are named by their content, so a union loses none. */
export function joinedHazards(here: Pick<Project, 'other'>, other: Pick<Project, 'other'>): Uint8Array<ArrayBuffer> | null {
  const [mine, theirs] = [hazardActs(here), hazardActs(other)]
  if (!mine || !theirs || theirs.length === 0) return null
  const all = new Map([...theirs, ...mine].map((act) => [hazardEntry(act).object, act]))
  const sorted = [...all].sort(([a, x], [b, y]) => Date.parse(x.at) - Date.parse(y.at) || x.n - y.n || (a < b ? -1 : 1))
  return (
    withHazardActs(
      new Map(),
      sorted.map(([, act]) => act),
    ).get(paths.hazards) ?? null
  )
}

/** Files with those acts alone that `isNamed` knows; a file that can not be read stays as it is. */
export function withNamedHazards(
  files: Project['other'],
  isNamed: (object: string, digest: string) => boolean,
): Project['other'] {
  const acts = hazardActs({ other: files })
  if (!acts || !files.has(paths.hazards)) return files
  return withHazardActs(
    files,
    acts.filter((act) => {
      const { object: at, digest } = hazardEntry(act)
      return digest !== null && isNamed(at, digest)
    }),
  )
}

export type HazardCounts = {
  /** By state, then hazards of risk 1 to 5. */
  readonly states: Readonly<Record<HazardState, readonly number[]>>
  /** Whether the safety officer has signed the log as it is. */
  readonly signed: boolean
}
