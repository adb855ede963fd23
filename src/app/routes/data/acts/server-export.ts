/** A bulk export (`$export`) of a connected server: begun, watched, paused, cancelled and gone on with after a reload. The token lives in memory only. */

import { create } from 'zustand'
import { errorWords } from '../../../../core/values/error-words.ts'
import { bulkExport, type ExportOutcome, forgetExport, paused } from '../../../../io/bulk-export/bulk-export.ts'
import { BrowserExport } from '../../../../io/bulk-export/export-browser.ts'
import { type ExportJob, type ExportRequest, newJob, resumed } from '../../../../io/bulk-export/job.ts'
import type { ExportPorts } from '../../../../io/bulk-export/ports.ts'
import { sleep } from '../../../../io/bulk-export/waiting.ts'
import { ExportError } from '../../../../io/bulk-export/wire.ts'
import { actOrSay } from '../../../session/act.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { mayRecord } from '../../../session/ledger.ts'
import { refusedHere } from '../../../session/policy.ts'
import { ask } from '../../../session/question.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { addSources, readFrom } from './sources.ts'

export interface ServerExport {
  /** Project it belongs to; what is shown of another one is stale. */
  readonly project: string
  /** Name of its folder in this browser: another tab may have begun one since. */
  readonly place: string
  readonly job: ExportJob
  /** Whether an export that was fetched before is still here. */
  readonly hasEarlier: boolean
  /** What is being done now; null where it stands still. */
  readonly label: string | null
  /** Words of the server, which may quote records: shown, never kept. */
  readonly said: string | null
  /** Stops without telling the server; goes on later. */
  readonly pause: () => void
  /** Ends it at the server, too. */
  readonly cancel: () => void
}

const useStore = create<{ readonly current: ServerExport | null }>()(() => ({ current: null }))

const idle = { label: null, said: null, pause: () => undefined, cancel: () => undefined }

/** The export of the open project; null where there is none. */
export function useServerExport(): ServerExport | null {
  const current = useStore((state) => state.current)
  return current !== null && current.project === workspace().project?.manifest.id ? current : null
}

/** Looks once per project whether an earlier visit left an export. */
export async function findServerExport(): Promise<void> {
  const project = workspace().project?.manifest.id
  if (project === undefined || useStore.getState().current?.project === project) return
  try {
    await showNewest(project)
  } catch (error) {
    // A browser without such storage has no export either; one that can not be read is told.
    if (error instanceof ExportError) setWorkspace({ problem: error.message })
  }
}

export async function startServerExport(request: ExportRequest, token: string | null): Promise<void> {
  await follow(newJob(request), token, [], null)
}

export async function resumeServerExport(token: string | null): Promise<void> {
  const { current } = useStore.getState()
  if (current) await follow(resumed(current.job), token, [], current.place)
}

/** Cancels an export that stands still, for instance after a reload: the server is told with the token that is given. */
export async function endServerExport(token: string | null): Promise<void> {
  const { current } = useStore.getState()
  const store = await storeOf(current)
  if (!current || !store) return
  await forgetExport(current.job, portsOf(store, token, []))
  await removeServerExport()
}

/** Removes this export from this browser; sources that were read from it are asked for again. One that was fetched before is shown then. */
export async function removeServerExport(): Promise<void> {
  const { current } = useStore.getState()
  if (!current) return
  await (await storeOf(current))?.drop()
  useStore.setState({ current: null })
  await showNewest(current.project)
}

/** Takes the fetched files in as sources, or finds them back after a reload. */
export async function addFetchedFiles(): Promise<void> {
  const { current } = useStore.getState()
  const store = await storeOf(current)
  if (!current || !store) return
  const names = current.job.files.filter(({ state }) => state === 'done').map(({ name }) => name)
  await addSources(await store.files(names))
}

/** The files of the export that is shown; null where another tab has removed them. */
async function storeOf(current: ServerExport | null): Promise<BrowserExport | null> {
  return (current && (await BrowserExport.all(current.project)).find(({ name }) => name === current.place)) ?? null
}

/** Shows the export that was begun last, as it stands; one without a word in it is just being begun, or was torn before its first. */
async function showNewest(project: string, said: string | null = null): Promise<void> {
  const stores = await BrowserExport.all(project)
  for (const [at, store] of stores.entries()) {
    const job = await store.job()
    if (job === null) continue
    const shown = { project, place: store.name, job, hasEarlier: at < stores.length - 1, ...idle, said }
    if (workspace().project?.manifest.id === project) useStore.setState({ current: shown })
    return
  }
}

/** The place of an export that goes on, or of a new one; those that fetched nothing are not worth keeping beside it. */
async function placeFor(project: string, place: string | null): Promise<BrowserExport> {
  const stores = await BrowserExport.all(project)
  const held = stores.find(({ name }) => name === place)
  if (held) return held
  for (const store of stores) {
    const job = await store.job()
    if (!job?.files.some(({ state }) => state === 'done')) await store.drop()
  }
  return BrowserExport.begin(project)
}

async function follow(
  first: ExportJob,
  token: string | null,
  otherOrigins: readonly string[],
  place: string | null,
): Promise<void> {
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  if (!mayRecord('source-read')) return
  const project = openProject().manifest.id
  const work = begin('Fetching a bulk export')
  const stop = new AbortController()
  // Closing the project is no reason to throw away what the server prepares.
  work.signal.addEventListener('abort', () => stop.abort(work.stillHere() ? undefined : paused), { once: true })
  let outcome: ExportOutcome | null = null
  let store: BrowserExport | null = null
  let hasEarlier = false
  try {
    setWorkspace({ problem: null })
    store = await placeFor(project, place)
    hasEarlier = (await BrowserExport.all(project)).at(-1)?.name !== store.name
    const shown = {
      project,
      place: store.name,
      hasEarlier,
      said: null,
      pause: () => stop.abort(paused),
      cancel: () => stop.abort(),
    }
    await store.save(first)
    let job = first
    useStore.setState({ current: { ...shown, job, label: 'Beginning' } })
    for await (const update of bulkExport(first, portsOf(store, token, otherOrigins), stop.signal)) {
      if (update.kind === 'result') outcome = update.value
      else if (update.kind === 'partial') job = update.value
      else if (update.kind === 'progress' && work.stillHere())
        useStore.setState({ current: { ...shown, job, label: update.label } })
    }
  } catch (error) {
    if (work.stillHere())
      setWorkspace({
        problem: `This browser can not keep the files of an export: ${errorWords(error)}`,
      })
  } finally {
    work.end()
  }
  if (outcome === null || store === null) {
    // What could not be kept is shown as far as it came.
    if (workspace().project?.manifest.id === project) await showNewest(project).catch(() => undefined)
    return
  }
  const { job, said } = outcome
  // A server that did not agree leaves nothing to go on with, and what was fetched before is the newest again.
  const wasRefused = hasEarlier && job.state !== 'done' && job.statusUrl === null && job.files.length === 0
  const toRemove = wasRefused ? () => store?.drop() : job.state === 'done' ? () => store?.dropEarlier() : () => undefined
  const isLeft = await Promise.resolve(toRemove()).then(
    () => false,
    () => true,
  )
  if (workspace().project?.manifest.id !== project) return
  if (wasRefused) {
    await showNewest(project, said)
    setWorkspace({ problem: `${job.why ?? 'The new export was not begun.'} What was fetched before is still here.` })
    return
  }
  const current = { project, place: store.name, job, hasEarlier: hasEarlier && (job.state !== 'done' || isLeft), ...idle, said }
  useStore.setState({ current })
  if (job.state === 'done') await takeIn(job)
  else if (outcome.origin !== null) await askAbout(outcome.origin, current, token, otherOrigins)
  if (isLeft && job.state === 'done')
    setWorkspace({
      problem:
        'The export is complete. The one before it could not be removed from this browser; close other tabs and remove it.',
    })
}

async function takeIn(job: ExportJob): Promise<void> {
  const { origin } = new URL(job.request.base)
  if (!(await actOrSay((project, by) => readFrom(project, origin, by)))) return
  await addFetchedFiles()
}

/** Nothing is fetched from another origin before somebody agreed; the token never goes there. */
async function askAbout(
  origin: string,
  { job, place }: Pick<ServerExport, 'job' | 'place'>,
  token: string | null,
  agreed: readonly string[],
): Promise<void> {
  const { connect } = workspace()
  if (!connect.includes(origin)) {
    const all = [...new Set([...connect, origin])].map((each) => `--connect ${each}`).join(' ')
    setWorkspace({
      problem: `The server keeps files of the export at another origin, ${origin}, which this page may not reach. If you trust it, start Carryover again with npm start -- ${all} and continue the export.`,
    })
    return
  }
  const answer = await ask({
    title: 'Fetch from another origin?',
    text: `The server keeps files of the export at ${origin}. Records of patients would be fetched from there; the token is not sent to it.`,
    choices: [
      { value: 'no', label: 'Do not fetch' },
      { value: 'yes', label: `Fetch from ${new URL(origin).host}` },
    ],
  })
  if (answer === 'yes') await follow(resumed(job), token, [...agreed, origin], place)
}

function portsOf(store: BrowserExport, token: string | null, otherOrigins: readonly string[]): ExportPorts {
  return {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    sleep,
    token,
    otherOrigins,
    isPage: true,
    seed: crypto.randomUUID(),
    jobs: store,
    files: store,
  }
}
