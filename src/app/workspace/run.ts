/** "Run all checks": read and check every source, compare both sides, simulate every workflow; one run, one summary. */
import { digestOf } from '../../core/canonical.ts'
import { readMapping } from '../../core/data/crosswalk/mapping.ts'
import type { SourceEntry } from '../../core/data/source.ts'
import type { ValidatePartial, ValidateResult } from '../../core/data/validation.ts'
import { Cancelled, type Update } from '../../core/operation.ts'
import type { Project } from '../../core/project/project.ts'
import type { RunSummary } from '../../core/project/run.ts'
import { summariseRun } from '../../core/project/run-summary.ts'
import { jsonOf, saveProject } from '../../core/project/save.ts'
import type { PairResult } from '../../core/review/pair-types.ts'
import { defaultPolicy } from '../../core/workflow/policy.ts'
import { jobs } from '../jobs.ts'
import { keepNow } from './keep.ts'
import { appendLedger, wallNow } from './ledger.ts'
import { changeProject, openProject, type Running, setWorkspace, workspace } from './state.ts'
import { judgeWorkflow } from './workflow-results.ts'

declare const __VERSION__: string

const seed = '1'
const steps = 3

let active: AbortController | null = null

/** Stops the run; what was read so far stays on screen, marked partial. */
export function cancelRun(): void {
  active?.abort()
}

/** Runs everything that can be run. A step that fails is said, marks the run as partial, and does not stop the others. */
export async function runAllChecks(): Promise<void> {
  if (workspace().running) return
  const controller = new AbortController()
  active = controller
  const { signal } = controller
  const started = wallNow()
  let partial = false
  const attempt = async <Result>(
    step: number,
    label: string,
    work: (show: Show) => Promise<Result | null>,
  ): Promise<Result | null> => {
    if (signal.aborted) return null
    const show = shower(step, label, controller)
    show(0, 1, 'bytes')
    try {
      return await work(show)
    } catch (error) {
      partial = true
      if (!(error instanceof Cancelled)) setWorkspace({ problem: `${label} failed: ${wordsOf(error)}` })
      return null
    }
  }
  setWorkspace({ problem: null, live: null })
  try {
    const validation = await attempt(1, 'Checking the files', (show) => validate(show, signal))
    const pairing = await attempt(2, 'Comparing both sides', (show) => pair(show, signal))
    const judged = await attempt(3, 'Simulating the workflows', (show) => judgeAll(show, signal))
    partial ||= signal.aborted
    const summary = summariseRun({
      project: openProject(),
      started,
      tool: `carryover ${__VERSION__}`,
      seed,
      partial,
      validation: validation ?? asResult(workspace().live),
      pairing,
      workflows: judged ?? [],
      policy: defaultPolicy,
    })
    setWorkspace({ run: { summary, validation: validation ?? asResult(workspace().live), pairing } })
    await keepRun(summary, validation)
  } finally {
    active = null
    setWorkspace({ running: null, live: null })
  }
}

type Show = (done: number, total: number, unit: Running['unit'], label?: string) => void

function shower(step: number, label: string, controller: AbortController): Show {
  const started = performance.now()
  return (done, total, unit, own) => {
    const findings = workspace().live?.findings.length ?? 0
    setWorkspace({
      running: { label: own ?? label, done, total, unit, findings, started, step, steps, cancel: () => controller.abort() },
    })
  }
}

async function validate(show: Show, signal: AbortSignal): Promise<ValidateResult | null> {
  const { schemas } = openProject()
  const inputs = readable().map(({ source, file }) => ({
    file,
    side: source.side,
    format: source.format,
    table: source.table,
    reading: source.reading,
    schema: schemaOf(source, schemas),
  }))
  if (inputs.length === 0) return null
  return follow(jobs.validate({ inputs, seed }, signal), show, (live) => setWorkspace({ live }))
}

function schemaOf(source: SourceEntry, schemas: Project['schemas']): { readonly [name: string]: never } | null {
  const schema = source.schema === null ? undefined : schemas.get(source.schema)
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
    ? (schema as { readonly [name: string]: never })
    : null
}

async function pair(show: Show, signal: AbortSignal): Promise<PairResult | null> {
  const input = pairInput()
  return input && follow(jobs.pair({ ...input, seed }, signal), show, () => undefined)
}

/** What pairing needs, or null where the project has no mapping or only one side. */
export function pairInput() {
  const project = openProject()
  const inputs = readable().map(({ source, file }) => ({
    file,
    side: source.side,
    format: source.format,
    table: source.table,
    reading: source.reading,
  }))
  const bothSides = ['legacy', 'target'].every((side) => inputs.some((input) => input.side === side))
  if (!bothSides || project.mapping.size === 0) return null
  return { inputs, mapping: readMapping(saveProject(project)).mapping, asOf: asOf(project) }
}

/** The day the extract was taken: from the manifest where it says, otherwise today. */
export function asOf(project: Project): string {
  const stated = new Map(Object.entries(project.manifest)).get('asOf')
  return typeof stated === 'string' ? stated : wallNow().slice(0, 10)
}

async function judgeAll(show: Show, signal: AbortSignal) {
  const open = [...workspace().workflows]
  const judged = []
  for (const [index, [id, { workflow }]] of open.entries()) {
    show(index, open.length, 'replications', `Simulating ${workflow.current.label || id}`)
    judged.push(await judgeWorkflow(id, signal))
  }
  return judged.filter((each) => each !== null)
}

/** Sources whose bytes are in this session. */
function readable(): readonly { readonly source: SourceEntry; readonly file: File }[] {
  const { files } = workspace()
  return openProject().sources.flatMap((source) => {
    const file = files.get(source.id)
    return file ? [{ source, file }] : []
  })
}

async function follow<P, R>(updates: AsyncIterable<Update<P, R>>, show: Show, partial: (value: P) => void): Promise<R> {
  for await (const update of updates) {
    if (update.kind === 'progress') show(update.done, update.total, update.unit, update.label)
    else if (update.kind === 'partial') partial(update.value)
    else return update.value
  }
  throw new Cancelled()
}

/** What a cancelled reading had found, in the shape of a result. */
function asResult(live: ValidatePartial | null): ValidateResult | null {
  return live && { ...live, summary: { ...live.summary, recordsWithErrors: 0 }, quality: [], notEvaluated: [], rulesRun: 0 }
}

async function keepRun(summary: RunSummary, validation: ValidateResult | null): Promise<void> {
  const project = openProject()
  const read = new Map((validation?.inputs ?? []).map((input) => [`${input.side}/${input.name}`, input]))
  const sources = project.sources.map((source) => {
    const input = read.get(`${source.side}/${source.name}`)
    return !input?.sha256 ? source : { ...source, records: input.records, bytes: input.bytes }
  })
  changeProject({ runs: [...project.runs, summary], sources })
  appendLedger([{ action: 'run-finished', object: `runs/${summary.id}/summary.json`, digest: digestOf(jsonOf(summary)) }])
  await keepNow()
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
