/** Reconciliation of both sides: run on demand, shown with what it was made from, kept in memory only because its samples lead to patients. */
import { create } from 'zustand'
import { digestOf } from '../../core/canonical.ts'
import { identityMapping } from '../../core/data/crosswalk/identity-mapping.ts'
import type { Mapping } from '../../core/data/crosswalk/mapping.ts'
import { readExplanations, writeExplanations } from '../../core/data/reconcile/explanations.ts'
import { ledgerDocument } from '../../core/data/reconcile/ledger-document.ts'
import type { Explanation, ReconcilePartial, ReconcileResult } from '../../core/data/reconcile/result.ts'
import type { SourceEntry } from '../../core/data/source.ts'
import { Cancelled } from '../../core/operation.ts'
import type { Project } from '../../core/project/project.ts'
import { jobs } from '../jobs.ts'
import { begin } from './jobs-under-way.ts'
import { keepNow } from './keep.ts'
import { withLaterTables } from './later-tables.ts'
import { appendLedger } from './ledger.ts'
import { readOpenMapping } from './mapping.ts'
import { changeProject, openProject, setWorkspace, useWorkspace, workspace } from './state.ts'

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
  /** What it was made from: anything else makes its numbers those of earlier files. */
  readonly from: readonly unknown[]
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
  const files = useWorkspace((w) => w.files)
  const state = useReconcileState()
  const own = project !== null && state.project === project.manifest.id
  const now = [project?.sources, project?.mapping, files]
  const done = own ? state.done : null
  return { done, live: own ? state.live : null, stale: done?.from.some((part, index) => part !== now[index]) ?? false }
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
  const { explained, problems } = readExplanations(file.name, text)
  const [first] = problems
  if (first) {
    setWorkspace({ problem: `${file.name} was not taken${first.line === null ? '' : `, line ${first.line}`}: ${first.words}` })
    return
  }
  await keepExplanations(explained)
  setWorkspace({ problem: null, done: `${explained.length} explanations were read. Run the reconciliation again to count them.` })
}

/** Adds what a person decided to what was said before; the last word on a record counts. */
export async function explain(more: readonly Explanation[]): Promise<void> {
  const said = new Map([...explanationsOf(openProject()), ...more].map((each) => [aboutOf(each), each]))
  await keepExplanations([...said.values()])
  appendLedger([
    {
      action: 'records-explained',
      object: `${more.length} ${more.length === 1 ? 'line' : 'lines'}`,
      digest: digestOf(more.map((each) => ({ ...each }))),
    },
  ])
  await keepNow()
}

/** Changes what was said; the record it speaks of may be another one. */
export async function replaceExplanation(before: Explanation, after: Explanation): Promise<void> {
  await keepExplanations(explanationsOf(openProject()).filter((each) => aboutOf(each) !== aboutOf(before)))
  await explain([after])
}

/** Takes back what was said; the ledger keeps both. */
export async function withdrawExplanation(one: Explanation): Promise<void> {
  await keepExplanations(explanationsOf(openProject()).filter((each) => aboutOf(each) !== aboutOf(one)))
  appendLedger([{ action: 'explanation-withdrawn', object: '1 line', digest: digestOf({ ...one }) }])
  await keepNow()
}

/** What an explanation speaks of: there is one line for each. */
function aboutOf({ side, table, record }: Explanation): string {
  return JSON.stringify([side, table, record])
}

async function keepExplanations(explained: readonly Explanation[]): Promise<void> {
  const bytes = new TextEncoder().encode(writeExplanations(explained))
  changeProject({ private: new Map(openProject().private).set(explainedPath, bytes) })
  await keepNow()
}

/** Accounts for every record of both sides. A cancelled run leaves no result: a ledger of half the records proves nothing. */
export async function runReconciliation(choice: Choice): Promise<void> {
  const { project, files } = workspace()
  if (!project || workspace().running) return
  const named = project.sources.filter(({ id }) => [...choice.legacy, ...choice.target].includes(id) && files.has(id))
  // Further tables come last, so that the files keep the numbers that other readings of the project give them.
  const later = named.flatMap((source) => withLaterTables(source, workspace().run?.validation?.inputs).slice(1))
  const chosen = [...named, ...later]
  const mapping = mappingFor(choice, chosen)
  const from = [project.sources, project.mapping, files]
  const job = begin('Reconciling both sides')
  setWorkspace({ problem: null })
  useReconcileState.setState({ project: project.manifest.id, live: null })
  try {
    const inputs = chosen.flatMap(({ id, side, format, table, reading }) => {
      const file = files.get(id)
      return file ? [{ file, side, format, table, reading }] : []
    })
    for await (const update of jobs.reconcile({ inputs, mapping, explained: explanationsOf(project), seed: '1' }, job.signal)) {
      if (!job.stillHere()) return
      if (update.kind === 'progress')
        job.show({
          label: `Reconciling: ${update.label}`,
          done: update.done,
          total: update.total,
          unit: 'bytes',
          bytes: { done: update.done, total: update.total },
        })
      else if (update.kind === 'partial') useReconcileState.setState({ live: update.value })
      else await keepResult(update.value, chosen, from)
    }
  } catch (error) {
    if (!job.stillHere()) return
    setWorkspace({
      problem:
        error instanceof Cancelled
          ? 'The reconciliation was cancelled. There is no result: a ledger of half the records proves nothing.'
          : `The reconciliation failed: ${error instanceof Error ? error.message : String(error)}`,
    })
  } finally {
    if (job.stillHere()) useReconcileState.setState({ live: null })
    job.end()
  }
}

/** The field map where there is one; otherwise the columns both sides have by the same name. */
function mappingFor(choice: Choice, chosen: readonly SourceEntry[]): Mapping {
  if (choice.key === null) return readOpenMapping(openProject().mapping).mapping
  const inputs = workspace().run?.validation?.inputs ?? []
  const headers = (side: SourceEntry['side']) =>
    chosen
      .filter((source) => source.side === side)
      .map(({ name, table }) => ({
        table,
        header: inputs.find((input) => input.side === side && input.name === name)?.structure?.header ?? [],
      }))
  return identityMapping(headers('legacy'), headers('target'), { every: [choice.key], byTable: new Map() })
}

async function keepResult(result: ReconcileResult, read: readonly SourceEntry[], from: readonly unknown[]): Promise<void> {
  useReconcileState.setState({ done: { result, read, from }, live: null })
  const document = ledgerDocument(
    result,
    read.map(({ side, name, sha256 }) => ({ side, name, sha256 })),
  )
  appendLedger([{ action: 'reconciled', object: `${read.length} files`, digest: digestOf(document) }])
  await keepNow()
}
