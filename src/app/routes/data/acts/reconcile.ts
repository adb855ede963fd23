/** Reconciliation of both sides: run on demand, shown with what it was made from, kept in memory only because its samples lead to patients. */

import { create } from 'zustand'
import { digestOf } from '../../../../core/canonical.ts'
import { counted } from '../../../../core/counted.ts'
import { identityMapping } from '../../../../core/data/crosswalk/mapping/identity-mapping.ts'
import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'
import { readExplanations, writeExplanations } from '../../../../core/data/reconcile/account/explanations.ts'
import { ledgerDocument } from '../../../../core/data/reconcile/account/ledger-document.ts'
import type { Explanation, ReconcilePartial, ReconcileResult } from '../../../../core/data/reconcile/account/result.ts'
import { Cancelled } from '../../../../core/operation.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { reconciledFiles } from '../../../../core/project/runs/run-questions.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { actOrSay, recorded } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin, type Job } from '../../../session/jobs-under-way.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'
import { withLaterTables } from './later-tables.ts'
import { readOpenMapping } from './mapping.ts'
import { changedSinceRead } from './read-sources.ts'
import type { Show } from './run-progress.ts'

/** Which files take part, and how they are joined where there is no field map. */
export interface Choice {
  readonly legacy: readonly string[]
  readonly target: readonly string[]
  /** A column both sides have; null joins by the field map. */
  readonly key: string | null
}

export interface Reconciled {
  readonly result: ReconcileResult
  /** Sources in the order of the inputs, as they were. */
  readonly read: readonly SourceEntry[]
  /** Map and explanations it was made from: others make its numbers earlier ones. */
  readonly mapping: Project['mapping']
  readonly explained: readonly Explanation[]
  /** Ids of all sources that the project had then. */
  readonly known: ReadonlySet<string>
}

interface State {
  readonly project: string | null
  readonly done: Reconciled | null
  readonly live: ReconcilePartial | null
}

const useReconcileState = create<State>()(() => ({ project: null, done: null, live: null }))

/** Records that people accounted for name patients, hence `private/`. */
const explainedPath = 'private/explained.csv'

export function useReconciliation() {
  const project = useWorkspace((w) => w.project)
  const state = useReconcileState()
  const own = project !== null && state.project === project.manifest.id
  const done = own ? state.done : null
  return { done, live: own ? state.live : null, stale: done !== null && project !== null && isStale(done, project) }
}

/** Whether files, the way they are read, the map or what was explained have changed since. */
function isStale({ read, mapping, explained, known }: Reconciled, project: Project): boolean {
  const now = new Map(project.sources.map((source) => [source.id, source]))
  return (
    mapping !== project.mapping ||
    explained !== explanationsOf(project) ||
    project.sources.some(({ id }) => !known.has(id)) ||
    read.some((source) => source.reading.tableNumber === undefined && changedSinceRead(now.get(source.id), source, undefined))
  )
}

export function explanationsOf(project: Pick<Project, 'private'>): readonly Explanation[] {
  const bytes = project.private.get(explainedPath)
  if (!bytes) return nothingExplained
  const held = readBefore.get(bytes)
  if (held) return held
  const { explained } = readExplanations(explainedPath, new TextDecoder().decode(bytes))
  readBefore.set(bytes, explained)
  return explained
}

const nothingExplained: readonly Explanation[] = []
/** Read once per state of the file, so that a screen that shows them is not drawn anew without a change. */
const readBefore = new WeakMap<Uint8Array, readonly Explanation[]>()

/** Takes in what people said about records that did not arrive one to one. */
export async function importExplanations(file: File): Promise<void> {
  const text = (await file.text()).replace(/^\uFEFF/, '')
  const { explained: read, problems } = readExplanations(file.name, text)
  const [first] = problems
  if (first) {
    setWorkspace({ problem: `${file.name} was not taken${first.line === null ? '' : `, line ${first.line}`}: ${first.words}` })
    return
  }
  if (await actOrSay((project, by) => recorded(project, [], by, explaining(project, read))))
    setWorkspace({
      problem: null,
      done: `${counted(read.length, 'explanation was', 'explanations were')} read. Run the reconciliation again to count them.`,
    })
}

/** Adds what a person decided to what was said before; the last word on a record counts. */
export function explain(more: readonly Explanation[]): Promise<boolean> {
  return actOrSay((project, by) => {
    const said = new Map([...explanationsOf(project), ...more].map((each) => [aboutOf(each), each]))
    return recorded(project, [explained(more)], by, explaining(project, [...said.values()]))
  })
}

/** Changes what was said; the record it speaks of may be another one. */
export function replaceExplanation(before: Explanation, after: Explanation): Promise<boolean> {
  return actOrSay((project, by) => {
    const others = explanationsOf(project).filter((each) => ![aboutOf(before), aboutOf(after)].includes(aboutOf(each)))
    return recorded(project, [explained([after])], by, explaining(project, [...others, after]))
  })
}

/** Takes back what was said; the ledger keeps both. */
export function withdrawExplanation(one: Explanation): Promise<boolean> {
  const entry = { action: 'explanation-withdrawn', object: '1 line', digest: digestOf({ ...one }) }
  return actOrSay((project, by) => {
    const others = explanationsOf(project).filter((each) => aboutOf(each) !== aboutOf(one))
    return recorded(project, [entry], by, explaining(project, others))
  })
}

/** What an explanation speaks of: there is one line for each. */
function aboutOf({ side, table, record }: Explanation): string {
  return JSON.stringify([side, table, record])
}

/** The entry that names what was explained, by digest: its words name patients. */
function explained(more: readonly Explanation[]) {
  return {
    action: 'records-explained',
    object: counted(more.length, 'line'),
    digest: digestOf(more.map((each) => ({ ...each }))),
  }
}

function explaining(project: Project, said: readonly Explanation[]): Pick<Project, 'private'> {
  const bytes = new TextEncoder().encode(writeExplanations(said))
  return { private: new Map(project.private).set(explainedPath, bytes) }
}

/** All files of both sides, joined by the field map. */
export function usualChoice(sources: readonly SourceEntry[], here: ReadonlyMap<string, File>): Choice {
  const ids = (side: SourceEntry['side']) => sources.filter((one) => one.side === side && here.has(one.id)).map(({ id }) => id)
  return { legacy: ids('legacy'), target: ids('target'), key: null }
}

/** The choice of "Run all checks"; null where a side has no file here, or the field map has no confirmed line. */
export function everythingToReconcile({ project, files }: Pick<Request['taken'], 'project' | 'files'>): Choice | null {
  const choice = usualChoice(project.sources, files)
  if (choice.legacy.length === 0 || choice.target.length === 0) return null
  return readOpenMapping(project.mapping).mapping.fields.some(({ status }) => status === 'confirmed') ? choice : null
}

interface Request {
  readonly choice: Choice
  readonly taken: { readonly project: Project; readonly files: ReadonlyMap<string, File> }
  /** What the checks said of the files: which of them hold several tables. */
  readonly inputs: readonly InputReport[] | undefined
}

/** What is read and by which lines, sources in the order of the inputs. */
export function reconcileInput({ choice, taken: { project, files }, inputs }: Request) {
  const named = project.sources.filter(({ id }) => [...choice.legacy, ...choice.target].includes(id) && files.has(id))
  // Further tables come last, so that the files keep the numbers that other readings of the project give them.
  const chosen = [...named, ...named.flatMap((source) => withLaterTables(source, inputs).slice(1))]
  const sent = reconciledFiles(chosen, project.schemas, files)
  return { chosen, inputs: sent, mapping: mappingFor(choice, chosen, project, inputs) }
}

/** Accounts for every record of the chosen files and keeps the result. */
export async function reconcile(request: Request, show: Show, job: Job): Promise<null> {
  const { project } = request.taken
  const { chosen, inputs, mapping } = reconcileInput(request)
  useReconcileState.setState({ project: project.manifest.id, live: null })
  try {
    const explained = explanationsOf(project)
    const known = new Set(project.sources.map(({ id }) => id))
    for await (const update of jobs.reconcile({ inputs, mapping, explained, seed: '1' }, job.signal)) {
      if (!job.stillHere()) return null
      if (update.kind === 'progress') show(update.done, update.total, `Reconciling: ${update.label}`)
      else if (update.kind === 'partial') useReconcileState.setState({ live: update.value })
      else await showResult({ result: update.value, read: chosen, mapping: project.mapping, explained, known })
    }
    return null
  } finally {
    if (job.stillHere()) useReconcileState.setState({ live: null })
  }
}

/** Reconciles alone. A cancelled run leaves no result: a ledger of half the records proves nothing. */
export async function runReconciliation(choice: Choice): Promise<void> {
  const { project, files, run, running } = workspace()
  if (!project || running) return
  const job = begin('Reconciling both sides')
  setWorkspace({ problem: null })
  const show: Show = (done, total, label = job.label) => job.show({ label, done, total, unit: 'bytes', bytes: { done, total } })
  try {
    await reconcile({ choice, taken: { project, files }, inputs: run?.validation?.inputs }, show, job)
  } catch (error) {
    if (!job.stillHere()) return
    setWorkspace({
      problem:
        error instanceof Cancelled
          ? 'The reconciliation was cancelled. There is no result: a ledger of half the records proves nothing.'
          : `The reconciliation failed: ${errorWords(error)}`,
    })
  } finally {
    job.end()
  }
}

/** The field map where there is one; otherwise the columns both sides have by the same name. */
function mappingFor(
  choice: Choice,
  chosen: readonly SourceEntry[],
  project: Pick<Project, 'mapping'>,
  inputs: readonly InputReport[] = [],
): Mapping {
  if (choice.key === null) return readOpenMapping(project.mapping).mapping
  const headers = (side: SourceEntry['side']) =>
    chosen
      .filter((source) => source.side === side)
      .map(({ name, table }) => ({
        table,
        header: inputs.find((input) => input.side === side && input.name === name)?.structure?.header ?? [],
      }))
  return identityMapping(headers('legacy'), headers('target'), { every: [choice.key], byTable: new Map() })
}

/** Shows what was reconciled elsewhere, where nobody knew what people said of single records. An account of a part is no line of the ledger. */
export async function keepReconciliation(project: string, made: Omit<Reconciled, 'explained'>): Promise<void> {
  useReconcileState.setState({ project })
  await showResult({ ...made, explained: nothingExplained })
}

async function showResult(done: Reconciled): Promise<void> {
  if (done.result.notJudged === undefined) await keepResult(done)
  else useReconcileState.setState({ done, live: null })
}

async function keepResult(done: Reconciled): Promise<void> {
  useReconcileState.setState({ done, live: null })
  const { result, read } = done
  const document = ledgerDocument(
    result,
    read.map(({ side, name, sha256 }) => ({ side, name, sha256 })),
  )
  const digest = digestOf(document)
  // What the last reconciliation said already is no new line of the ledger.
  if (openProject().ledger.findLast(({ action }) => action === 'reconciled')?.digest === digest) return
  const entry = { action: 'reconciled', object: counted(read.length, 'file'), digest }
  await actOrSay((project, by) => recorded(project, [entry], by))
}
