/**
 * The hazard log of a project: what can harm a patient through this change of systems, how bad and how likely, and what is done about it.
 * `review/hazards.json` keeps every act with old and new grades; the ledger names each act by digest, so none is dropped, changed or put in
 * unseen. What people write may speak of a patient: it stays in `private/hazards.json`, and the act has its digest (hazard-texts.ts).
 *
 * Terms and matrix: DCB0129 and DCB0160, clinical risk management in the manufacture and in the deployment of health IT (NHS England,
 * implementation guidance, hazard risk matrix); ISO 14971:2019 clauses 5 to 8 for estimate, control and residual risk.
 */
import { digestOf, utf8 } from '../../../canonical.ts'
import { keptIn } from '../../../values/document.ts'
import { paths } from '../../format/documents.ts'
import {
  type Grade,
  type Hazard,
  type HazardAct,
  type HazardGrades,
  type HazardSource,
  type HazardState,
  hazardsDocument,
} from '../../format/hazard-acts.ts'
import type { Project } from '../../format/project.ts'
import { jsonOf } from '../../format/save.ts'
import type { EntryDraft, LedgerEntry } from '../../ledger/ledger.ts'

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
