/** What the app holds while a project is open. The documents are immutable and live in core; this is the view of them. */
import { create } from 'zustand'
import type { SourceEntry } from '../../core/data/model/source.ts'
import type { ValidatePartial, ValidateResult } from '../../core/data/model/validation.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { RunSummary } from '../../core/project/format/run.ts'
import type { PairResult } from '../../core/review/model/pair-types.ts'
import type { Workflow } from '../../core/workflow/map/workflow.ts'
import type { Comparison } from '../../core/workflow/survival/compare.ts'
import type { SimulationResult } from '../../core/workflow/times/result.ts'
import type { OwnWorkerState } from '../../io/server/own-worker.ts'
import type { PolicyVerdict } from './policy.ts'

/** Results of the last run in this session, with the samples and evidence that a stored run leaves out. */
export interface RunDetail {
  readonly summary: RunSummary
  readonly validation: ValidateResult | null
  readonly pairing: PairResult | null
  /** Sources that were read, as they were then, in the order of the inputs. */
  readonly read: readonly SourceEntry[]
  /** The answers came with the build and were not computed in this visit. */
  readonly prepared?: boolean
}

/** What a workflow's comparison was computed from, so that a changed map shows stale numbers as stale. */
export interface WorkflowResult {
  readonly comparison: Comparison
  /** Null where a map can not be simulated; the comparison then rests on estimates or is blocked. */
  readonly results: { readonly current: SimulationResult; readonly future: SimulationResult } | null
  readonly workflow: Workflow
  /** When it was simulated, where the numbers were kept with the project and not worked out since it was opened. */
  readonly keptAt?: string
  /** When kept numbers were simulated that are not shown, because the maps or the engine are others now. */
  readonly outdatedAt?: string
  /** What the rules say of the map as edited since then, with the times of that simulation; absent where nothing was edited. */
  readonly since?: { readonly workflow: Workflow; readonly comparison: Comparison }
}

/** One part of long work; `done` and `total` are bytes of files, 0 where it reads none. */
export interface RunningPart {
  readonly name: string
  readonly state: 'waiting' | 'running' | 'done' | 'stopped'
  readonly done: number
  readonly total: number
}

/** Long work under way. */
export interface Running {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'records' | 'parts'
  /** Bytes of files that were read and are to be read, where the work reads files. */
  readonly bytes: { readonly done: number; readonly total: number } | null
  /** Work that goes on in several parts names each of them. */
  readonly parts?: readonly RunningPart[]
  /** Left out where the bytes alone say it; null while nobody can know. */
  readonly secondsLeft?: number | null
  readonly started: number
  readonly cancel: () => void
}

export const roleLenses = ['everyone', 'analyst', 'data', 'clinician'] as const
export type RoleLens = (typeof roleLenses)[number]

export const themes = ['system', 'light', 'dark'] as const

/** Who is working here; asked once, used in the ledger and on signatures. */
export interface Person {
  readonly name: string
  readonly role: string
}

export interface Kept {
  readonly where: 'browser' | 'folder' | 'file'
  /** Local time with offset. */
  readonly at: string
  /** Why this browser has no second copy of it. */
  readonly uncopied?: string
}

export interface Workspace {
  readonly project: Project | null
  readonly workflows: ReadonlyMap<string, Workflow>
  /** Bytes of the sources in this session, by source id; a reopened project asks for those it does not find. */
  readonly files: ReadonlyMap<string, File>
  readonly results: ReadonlyMap<string, WorkflowResult>
  readonly run: RunDetail | null
  readonly running: Running | null
  /** What the reading under way has found so far. */
  readonly live: ValidatePartial | null
  /** Last thing that went wrong and is not about one place on the page. */
  readonly problem: string | null
  /** A short message about something done, with a way back where there is one. */
  readonly done: string | null
  readonly policy: PolicyVerdict | null
  /** Where the project is kept, and when it was last written there. */
  readonly kept: Kept | null
  /** Changes that are not written yet. */
  readonly unsaved: number
  /** Why the last write failed; null since one succeeded. */
  readonly unkept: string | null
  readonly lens: RoleLens
  readonly person: Person | null
  readonly theme: (typeof themes)[number]
  /** Outside origins the page has sent anything to, with how often, as the browser counted. */
  readonly outside: ReadonlyMap<string, number>
  /** Attempts to send to an outside origin that the policy refused. */
  readonly heldBack: number
  readonly connect: readonly string[]
  /** The page comes from the server of a team. */
  readonly onTeamServer: boolean
  /** Whether this browser holds the app itself, and whether a newer version lies ready; null until it was asked. */
  readonly offline: OwnWorkerState | null
}

export const useWorkspace = create<Workspace>()(() => ({
  project: null,
  workflows: new Map(),
  files: new Map(),
  results: new Map(),
  run: null,
  running: null,
  live: null,
  problem: null,
  done: null,
  policy: null,
  kept: null,
  unsaved: 0,
  unkept: null,
  lens: 'everyone',
  person: null,
  theme: 'system',
  outside: new Map(),
  heldBack: 0,
  connect: [],
  onTeamServer: false,
  offline: null,
}))

export const workspace = useWorkspace.getState
export const setWorkspace = useWorkspace.setState

/** The open project; for code that runs only while one is open. */
export function openProject(): Project {
  const { project } = workspace()
  if (!project) throw new Error('No project is open')
  return project
}
