/** A run of the server is opened as if it had run in this page: kept among the runs of the project, its findings on their page. */
import type { SourceEntry } from '../../../core/data/model/source.ts'
import type { ValidateResult } from '../../../core/data/model/validation.ts'
import type { ReconcileResult } from '../../../core/data/reconcile/account/result.ts'
import { readingDigest } from '../../../core/project/format/inputs-changed.ts'
import { openProject as openFiles } from '../../../core/project/format/open.ts'
import type { Project } from '../../../core/project/format/project.ts'
import { summariseRun } from '../../../core/project/runs/run-summary.ts'
import type { ServerRun } from '../../../core/team/server-runs.ts'
import { errorWords } from '../../../core/values/error-words.ts'
import { isMembers, type Members, parseJson } from '../../../core/values/json.ts'
import { keepRun } from '../../routes/data/acts/keep-run.ts'
import { keepReconciliation } from '../../routes/data/acts/reconcile.ts'
import { judgeAll } from '../../routes/data/acts/run.ts'
import { policyOf } from '../../routes/workflow/acts/workflow-policy.ts'
import { begin, type Job } from '../../session/jobs-under-way.ts'
import { openProject, setWorkspace, workspace } from '../../session/state.ts'
import { download } from '../../window/download.ts'
import { navigate } from '../../window/hash-location.ts'
import { getBlob } from '../ask-server.ts'
import { pathOfResult } from './server-runs.ts'

declare const __VERSION__: string

/** Long files of findings take their time. Milliseconds. */
const patience = 300_000

/** Null when it was opened, else why not. */
export async function openServerRun(run: ServerRun): Promise<string | null> {
  const job = begin('Opening a run of the server')
  const from = location.hash
  job.show({ done: 0, total: 0, unit: 'parts' })
  try {
    const text = await resultOf(run)
    if (run.verb === 'profile') {
      if (!job.stillHere()) return null
      download(`profile-${run.started.slice(0, 10)}.md`, text, 'text/markdown')
      return null
    }
    const parsed = parseJson(text)
    if (!parsed.ok || !isMembers(parsed.value)) return strange
    const then = await projectThen(run)
    if (typeof then === 'string') return then
    if (!job.stillHere()) return null
    const opened =
      run.verb === 'validate'
        ? await openFindings(run, parsed.value, then, job, from)
        : await openAccount(parsed.value, then, from)
    return opened
  } catch (error) {
    return errorWords(error)
  } finally {
    job.end()
  }
}

const strange = 'The result of this run has a form that this page does not know. Update the server, or reload the page.'

/** @throws {Error} with the server's sentence */
async function resultOf(run: ServerRun): Promise<string> {
  const answer = await fetch(pathOfResult(run), { signal: AbortSignal.timeout(patience) })
  const text = await answer.text()
  if (answer.ok) return text
  const said = parseJson(text)
  const why = said.ok && isMembers(said.value) ? said.value.why : null
  throw new Error(typeof why === 'string' ? why : `The server answered ${answer.status}.`)
}

/** The documents that the run rests on, as they were when it began: what changed since makes its findings earlier ones. */
async function projectThen({ files }: ServerRun): Promise<Project | string> {
  const { id } = openProject().manifest
  const bytes = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [path, digest] of Object.entries(files)) bytes.set(path, await getBlob(id, digest))
  const { project, problems } = openFiles(bytes)
  return project ?? `The project as it was when the run began can not be read: ${problems[0]?.what ?? ''}`
}

async function openFindings(run: ServerRun, value: Members, then: Project, job: Job, from: string): Promise<string | null> {
  if (!Array.isArray(value.findings) || !Array.isArray(value.inputs) || !Array.isArray(value.quality)) return strange
  // The server masks what this very operation gives.
  const validation = value as object as ValidateResult
  const workflows = await judgeAll({ workflows: workspace().workflows }, () => undefined, job)
  if (!job.stillHere()) return null
  const now = openProject()
  const { manifest, sources, schemas, mapping } = then
  const summary = summariseRun({
    project: { ...now, manifest, sources, schemas, mapping, other: then.other },
    started: run.started,
    tool: `carryover ${run.tool ?? __VERSION__}`,
    seed: '1',
    partial: run.ended?.outcome !== 'done',
    validation,
    pairing: null,
    workflows,
    policy: policyOf(now),
  })
  const read = sources.map((source) => sameNow(source, now))
  const stands = await keepRun(summary, validation, read)
  if (!job.stillHere()) return null
  setWorkspace({ run: { summary: stands, validation, pairing: null, read } })
  show('/data/findings', from)
  return null
}

async function openAccount(value: Members, then: Project, from: string): Promise<string | null> {
  if (!Array.isArray(value.tables) || !Array.isArray(value.findings)) return strange
  const now = openProject()
  const isAsNow = JSON.stringify([...then.mapping]) === JSON.stringify([...now.mapping])
  await keepReconciliation(now.manifest.id, {
    // The server masks what this very operation gives.
    result: value as object as ReconcileResult,
    read: then.sources.map((source) => sameNow(source, now)),
    mapping: isAsNow ? now.mapping : then.mapping,
    known: new Set(then.sources.map(({ id }) => id)),
  })
  const { notJudged } = value
  if (notJudged !== undefined)
    setWorkspace({
      problem: 'Not whole: not every record was compared. Nothing of it was written into the ledger.',
    })
  show('/data/reconcile', from)
  return null
}

/** The source of the open project where it is read as it was then. */
function sameNow(source: SourceEntry, { sources }: Project): SourceEntry {
  const now = sources.find(({ id }) => id === source.id)
  return now && readingDigest(now) === readingDigest(source) ? now : source
}

/** Whoever went on to another page meanwhile stays there. */
function show(page: string, from: string): void {
  if (location.hash === from) navigate(page)
}
