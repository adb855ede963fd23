/** An event log that is looked at: kept in memory only, its events never leave the worker; a map made of it goes into the project on request. */

import { create } from 'zustand'
import { Cancelled, finish } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import type { ColumnChoices } from '../../../../core/workflow/log/columns.ts'
import type { LogFilter } from '../../../../core/workflow/log/filter.ts'
import type { WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { ConformResult } from '../../../../core/workflow/mining/conformance.ts'
import type { LogStudy, ReadFacts } from '../../../../io/workflow/study-log.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'
import { addWorkflow, editWorkflow } from './workflows.ts'

interface Studied {
  readonly project: string | null
  readonly file: File | null
  readonly columns: ColumnChoices
  readonly noise: number
  readonly filter: LogFilter
  /** Of a damaged file, what stands before the damage is used. */
  readonly salvage: boolean
  /** While the map is still being made. */
  readonly facts: ReadFacts | null
  readonly study: LogStudy | null
  /** What was held against it last; another filter or file takes it away. */
  readonly conformance: HeldAgainst | null
}

export interface HeldAgainst {
  /** Of the map. */
  readonly name: string
  readonly result: ConformResult
}

const nothing: Studied = {
  project: null,
  file: null,
  columns: {},
  noise: 0,
  filter: {},
  salvage: false,
  facts: null,
  study: null,
  conformance: null,
}
const useStudied = create<Studied>()(() => nothing)

/** Of the open project; another project begins without a log. */
export function useEventLog(): Studied {
  const open = useWorkspace((w) => w.project?.manifest.id ?? null)
  const studied = useStudied()
  return studied.project === open ? studied : nothing
}

export interface LogChoices {
  readonly columns?: ColumnChoices
  readonly noise?: number
  readonly filter?: LogFilter
  readonly salvage?: boolean
}

/** Another file begins without a filter; what is not chosen anew stays as it is for the same file. */
export async function openLog(file: File, choices: LogChoices = {}): Promise<void> {
  if (workspace().running) return
  const job = begin(`Reading ${file.name}`)
  const before = useStudied.getState()
  const same = before.file === file && before.project === job.projectId
  const columns = choices.columns ?? (same ? before.columns : {})
  const filter = choices.filter ?? (same ? before.filter : {})
  const noise = choices.noise ?? before.noise
  const salvage = choices.salvage ?? (same && before.salvage)
  useStudied.setState({
    project: job.projectId,
    file,
    columns,
    noise,
    filter,
    salvage,
    facts: null,
    study: null,
    conformance: null,
  })
  setWorkspace({ problem: null })
  try {
    for await (const update of jobs.studyLog({ file, columns, noise, filter, salvage, reveal: false }, job.signal)) {
      if (!job.stillHere()) break
      if (update.kind === 'progress') {
        const unit = update.unit === 'bytes' ? 'bytes' : 'records'
        job.show({ done: update.done, total: update.total, unit })
      } else if (update.kind === 'partial') useStudied.setState({ facts: update.value })
      else useStudied.setState({ study: update.value, facts: update.value.kind === 'log' ? update.value.facts : null })
    }
  } catch (error) {
    if (!job.stillHere()) return
    // What was there before is there again: cancelling another filter loses nothing.
    if (before.project === job.projectId) useStudied.setState(before)
    setWorkspace({
      problem:
        error instanceof Cancelled
          ? 'Reading the event log was cancelled.'
          : `Reading the event log failed: ${errorWords(error)}`,
    })
  } finally {
    job.end()
  }
}

export function useConformance(): HeldAgainst | null {
  return useEventLog().conformance
}

/** Holds the log, as it is filtered, against one map of the project. */
export async function conformTo(id: string, side: WorkflowSide): Promise<void> {
  const { file, columns, filter, salvage, project } = useStudied.getState()
  const graph = workspace().workflows.get(id)?.[side]
  if (file === null || !graph || workspace().running) return
  const name = `${graph.label || id}, ${side} map`
  const job = begin(`Holding ${file.name} against ${name}`)
  try {
    const result = await finish(jobs.conformLog({ file, columns, filter, salvage, graph }, job.signal))
    const now = useStudied.getState()
    if (now.file === file && now.filter === filter && now.project === project)
      useStudied.setState({ conformance: { name, result } })
  } catch (error) {
    if (!(error instanceof Cancelled) && job.stillHere())
      setWorkspace({
        problem: `The log could not be held against the map: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}

/** Puts the discovered map and what is known of arrivals and staff into a pair, new or existing, as one step of its history. Gives its id. */
export function makeCurrent(label: string, into: string | null): string | null {
  const { study } = useStudied.getState()
  if (study?.kind !== 'log') return null
  const id = into ?? addWorkflow(label)
  const pair = workspace().workflows.get(id)
  if (!pair) return null
  const { graph, scenario } = study.discovery
  const name = into === null ? label : pair.current.label
  editWorkflow(id, {
    kind: 'together',
    commands: [
      { kind: 'replace', side: 'current', graph: { ...graph, id, label: name } },
      ...(pair.scenario === null ? [{ kind: 'set-scenario' as const, scenario }] : []),
    ],
  })
  return id
}
