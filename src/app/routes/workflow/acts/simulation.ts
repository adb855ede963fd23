/** Runs of the Simulate screen: both maps, the levers and the weeks after go-live, each with progress and Cancel; kept in memory only. */

import { create } from 'zustand'
import { Cancelled, type Update } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { ForecastStudy } from '../../../../core/workflow/simulation/forecast.ts'
import type { Judgement } from '../../../../core/workflow/simulation/judge.ts'
import type { LeverStudy } from '../../../../core/workflow/simulation/levers.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin, type Job } from '../../../session/jobs-under-way.ts'
import { workspace } from '../../../session/state.ts'
import { keepResult } from './workflow-flags.ts'
import { byPolicy } from './workflow-results.ts'

export type Study = 'maps' | 'levers' | 'forecast'

/** A result and the workflow it was computed from, so that a changed map shows its numbers as those from before. */
interface Of<T> {
  readonly workflow: Workflow
  readonly value: T
}

interface RunNow {
  readonly study: Study
  readonly id: string
  readonly done: number
  readonly total: number
  readonly cancel: () => void
}

interface Studies {
  /** The studies of one project; another one has its own. */
  readonly project: string | null
  readonly levers: ReadonlyMap<string, Of<LeverStudy>>
  readonly forecasts: ReadonlyMap<string, Of<ForecastStudy>>
  readonly running: RunNow | null
  /** Why the last run gave nothing, in a sentence; null when it did. */
  readonly said: string | null
}

const none: Studies = { project: null, levers: new Map(), forecasts: new Map(), running: null, said: null }

const useStudies = create<Studies>()(() => none)

export function useSimulation(id: string) {
  const { levers, forecasts, running, said, project } = useStudies()
  const own = project === (workspace().project?.manifest.id ?? null)
  return {
    levers: own ? (levers.get(id) ?? null) : null,
    forecast: own ? (forecasts.get(id) ?? null) : null,
    running: running?.id === id ? running : null,
    busy: running !== null,
    said: own ? said : null,
  }
}

/** Simulates both maps of a workflow now, and judges them. */
export function runMaps(id: string): Promise<void> {
  return study('maps', id, jobs.judge, (workflow, judgement: Judgement) => {
    const judged = { workflow, results: judgement.results, comparison: byPolicy(workflow, judgement) }
    keepResult(id, judged)
  })
}

export function runLevers(id: string): Promise<void> {
  return study('levers', id, jobs.rankLevers, (workflow, value: LeverStudy) => {
    useStudies.setState(({ levers }) => ({ levers: new Map(levers).set(id, { workflow, value }) }))
  })
}

export function runForecast(id: string): Promise<void> {
  return study('forecast', id, jobs.forecastGoLive, (workflow, value: ForecastStudy) => {
    useStudies.setState(({ forecasts }) => ({ forecasts: new Map(forecasts).set(id, { workflow, value }) }))
  })
}

const labels: Readonly<Record<Study, string>> = {
  maps: 'Simulating both maps',
  levers: 'Trying what would help most',
  forecast: 'Forecasting the weeks after go-live',
}

async function study<T>(
  kind: Study,
  id: string,
  operation: (workflow: Workflow, signal: AbortSignal) => AsyncIterable<Update<never, T>>,
  keep: (workflow: Workflow, value: T) => void,
): Promise<void> {
  const workflow = workspace().workflows.get(id)
  if (!workflow || useStudies.getState().running !== null) return
  const job = begin(labels[kind])
  const before = useStudies.getState()
  const kept = before.project === job.projectId ? before : none
  useStudies.setState({
    ...kept,
    project: job.projectId,
    said: null,
    running: { study: kind, id, done: 0, total: 1, cancel: job.cancel },
  })
  try {
    for await (const update of operation(workflow, job.signal)) step(update, kind, id, workflow, job, keep)
  } catch (error) {
    const words = errorWords(error)
    const said = error instanceof Cancelled ? 'Cancelled. The numbers shown are those of the run before.' : `It failed: ${words}`
    useStudies.setState({ said })
  } finally {
    useStudies.setState({ running: null })
    job.end()
  }
}

function step<T>(
  update: Update<never, T>,
  kind: Study,
  id: string,
  workflow: Workflow,
  job: Job,
  keep: (workflow: Workflow, value: T) => void,
): void {
  if (update.kind === 'progress') {
    const { done, total } = update
    useStudies.setState({ running: { study: kind, id, done, total, cancel: job.cancel } })
    job.show({ label: labels[kind], done, total, unit: 'parts' })
  } else if (update.kind === 'result' && job.stillHere()) keep(workflow, update.value)
}
