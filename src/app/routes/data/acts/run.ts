/** "Run all checks": read and check every source, compare both sides, simulate every workflow; one run, one summary. */

import type { ValidatePartial, ValidateResult } from '../../../../core/data/model/validation.ts'
import { Cancelled, type Update } from '../../../../core/operation.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { type RunInput, runInput } from '../../../../core/project/runs/run-input.ts'
import { checkingQuestion, pairingQuestion } from '../../../../core/project/runs/run-questions.ts'
import { summariseRun } from '../../../../core/project/runs/run-summary.ts'
import type { PairResult } from '../../../../core/review/model/pair-types.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin, type Job } from '../../../session/jobs-under-way.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { policyOf } from '../../workflow/acts/workflow-policy.ts'
import { judgeWorkflow } from '../../workflow/acts/workflow-results.ts'
import { keepRun } from './keep-run.ts'
import { everythingToReconcile, reconcile } from './reconcile.ts'
import { RunProgress, type Show } from './run-progress.ts'

declare const __VERSION__: string

const seed = '1'

/** What a run is made from, as it was when the run began: what changes meanwhile belongs to the next run. */
interface Taken {
  readonly project: Project
  readonly files: ReadonlyMap<string, File>
  readonly workflows: ReadonlyMap<string, Workflow>
}

/**
 * Runs everything that can be run. A step that fails is said, marks the run as partial, and does not stop the others.
 * @param prepared the answers come with the build; the page says so until somebody runs the checks here
 */
export async function runAllChecks({ prepared = false }: { readonly prepared?: boolean } = {}): Promise<void> {
  const { running, files, workflows } = workspace()
  if (running) return
  const taken = { project: openProject(), files, workflows }
  const job = begin('Run all checks')
  const { signal } = job
  const started = wallNow()
  let partial = false
  const progress = new RunProgress(job)
  const attempt = <Result>(name: string, bytes: number, work: (show: Show) => Promise<Result | null>) => {
    const part = progress.part(name, bytes)
    return async (): Promise<Result | null> => {
      try {
        const result = await work(part.show)
        part.end('done')
        return result
      } catch (error) {
        partial = true
        part.end('stopped')
        if (!(error instanceof Cancelled) && job.stillHere()) setWorkspace({ problem: `${name} failed: ${errorWords(error)}` })
        return null
      }
    }
  }
  setWorkspace({ problem: null, live: null })
  try {
    const here = readable(taken).reduce((sum, { file }) => sum + file.size, 0)
    const pairs = pairInput(taken)
    const choice = everythingToReconcile(taken)
    let complete: ValidateResult | null = null
    const checking = attempt('Checking the files', here, (show) => validate(taken, show, job))
    const pairing = pairs && attempt('Comparing both sides', here, (show) => pair(pairs, show, signal))
    const reconciling =
      choice &&
      attempt('Reconciling both sides', here, (show) => reconcile({ choice, taken, inputs: complete?.inputs }, show, job))
    const simulating = workflows.size > 0 && attempt('Simulating the workflows', 0, (show) => judgeAll(taken, show, job))
    // A worker for each kind of work. Reconciliation waits for the checks, because they say which files hold several tables.
    const checked = checking()
    const others = Promise.all([pairing?.() ?? null, simulating ? simulating() : null])
    complete = await checked
    const reconciled = signal.aborted ? null : reconciling?.()
    const [paired, judged] = await others
    if (!job.stillHere()) return
    const validation = complete ?? asResult(workspace().live)
    const summary = summariseRun({
      project: taken.project,
      started,
      tool: `carryover ${__VERSION__}`,
      seed,
      partial: partial || signal.aborted,
      validation,
      pairing: paired,
      workflows: judged ?? [],
      policy: policyOf(taken.project),
    })
    const read = readable(taken).map(({ source }) => source)
    const stands = await keepRun(summary, complete, read)
    if (job.stillHere()) setWorkspace({ run: { summary: stands, validation, pairing: paired, read, prepared }, live: null })
    await reconciled
  } finally {
    if (job.stillHere()) setWorkspace({ live: null })
    job.end()
  }
}

async function validate(taken: Taken, show: Show, job: Job): Promise<ValidateResult | null> {
  const input = validateInput(taken)
  if (input.inputs.length === 0) return null
  return follow(jobs.validate(input, job.signal), show, (live) => {
    if (job.stillHere()) setWorkspace({ live })
  })
}

/** What the checks of files read; the index of a file is its place among the sources that are here. */
export function validateInput({ project, files }: Pick<Taken, 'project' | 'files'>) {
  return checkingQuestion(runInputOf(project), files, seed)
}

/** What the open project is checked with. What can not be read of it ends the run with its place. */
function runInputOf(project: Project): RunInput {
  const read = runInput(project, wallNow().slice(0, 10))
  if (!read.ok) throw new Error(`${read.path}: ${read.problem}`)
  return read.input
}

function pair(input: NonNullable<ReturnType<typeof pairInput>>, show: Show, signal: AbortSignal): Promise<PairResult> {
  return follow(jobs.pair({ ...input, seed }, signal), show, () => undefined)
}

/** What pairing needs, or null where the project has no mapping or only one side. */
export function pairInput({ project, files }: Pick<Taken, 'project' | 'files'>) {
  return pairingQuestion(project, files, wallNow().slice(0, 10))
}

export async function judgeAll(taken: Pick<Taken, 'workflows'>, show: Show, job: Job) {
  const open = [...taken.workflows]
  const judged = []
  for (const [index, [id, workflow]] of open.entries()) {
    show(index, open.length, `Simulating ${workflow.current.label || id}`)
    judged.push(await judgeWorkflow(id, workflow, job))
  }
  return judged
}

/** Sources whose bytes are in this session. */
function readable({ project, files }: Pick<Taken, 'project' | 'files'>) {
  return project.sources.flatMap((source) => {
    const file = files.get(source.id)
    return file ? [{ source, file }] : []
  })
}

async function follow<P, R>(updates: AsyncIterable<Update<P, R>>, show: Show, partial: (value: P) => void): Promise<R> {
  for await (const update of updates) {
    if (update.kind === 'progress') show(update.done, update.total, update.label)
    else if (update.kind === 'partial') partial(update.value)
    else return update.value
  }
  throw new Cancelled()
}

/** What a cancelled reading had found, in the shape of a result. */
function asResult(live: ValidatePartial | null): ValidateResult | null {
  return live && { ...live, summary: { ...live.summary, recordsWithErrors: 0 }, quality: [], notEvaluated: [], rulesRun: 0 }
}
