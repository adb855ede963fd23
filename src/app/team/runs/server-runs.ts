/** Runs of the open project on the engine of its server: watched, begun, called off. */
import { create } from 'zustand'
import { counted } from '../../../core/counted.ts'
import { type ServerInputs, type ServerRun, type ServerVerb, serverInputs, serverRuns } from '../../../core/team/server-runs.ts'
import { fits } from '../../../core/values/document.ts'
import { looksLikeData, newSource } from '../../routes/data/acts/new-source.ts'
import { actOrSay, recorded } from '../../session/act.ts'
import { setWorkspace, workspace } from '../../session/state.ts'
import { type Answer, ask } from '../ask-server.ts'

interface State {
  /** The project that the rest is about; null before the server was asked. */
  readonly project: string | null
  /** Null where the server has none. */
  readonly engine: string | null
  readonly runs: readonly ServerRun[]
  readonly inputs: ServerInputs | null
  /** Why nothing newer is known. */
  readonly problem: string | null
}

const nothing: State = { project: null, engine: null, runs: [], inputs: null, problem: null }

export const useServerRuns = create<State>()(() => nothing)

const other = 'The server answered in a form that this page does not know. Reload the page.'

/** The newest state of all runs. */
export async function lookAtRuns(): Promise<void> {
  const project = openId()
  if (project === null) return
  const answer = await ask('GET', path(project))
  if (openId() !== project) return
  const before = useServerRuns.getState()
  const kept = before.project === project ? before : nothing
  if (!answer.ok) useServerRuns.setState({ ...kept, project, problem: answer.why })
  else if (!fits(answer.value, serverRuns)) useServerRuns.setState({ ...kept, project, problem: other })
  else {
    const { engine, runs } = answer.value
    useServerRuns.setState({ ...kept, project, engine, runs, problem: null })
  }
}

/** What a run would read now. */
export async function lookAtInputs(): Promise<void> {
  const project = openId()
  if (project === null) return
  const answer = await ask('GET', `${path(project)}/inputs`)
  if (openId() !== project) return
  if (answer.ok && fits(answer.value, serverInputs)) useServerRuns.setState({ inputs: answer.value })
  else useServerRuns.setState({ inputs: null, problem: answer.ok ? other : answer.why })
}

/** Null where the server took it, else its sentence. */
export async function beginServerRun(verb: ServerVerb): Promise<string | null> {
  return await told((project) => ask('POST', path(project), { verb }))
}

export async function cancelServerRun({ id }: ServerRun): Promise<string | null> {
  return await told((project) => ask('POST', `${path(project)}/${id}/cancel`))
}

export async function tryServerRunAgain({ id }: ServerRun): Promise<string | null> {
  return await told((project) => ask('POST', `${path(project)}/${id}/again`))
}

async function told(work: (project: string) => Promise<Answer>): Promise<string | null> {
  const project = openId()
  if (project === null) return 'Open the project first.'
  const answer = await work(project)
  await lookAtRuns()
  return answer.ok ? null : answer.why
}

/** Files that lie at the server and look like data. What an export says of its files is read with them, not by itself. */
export function addable({ unnamed }: ServerInputs): ServerInputs['unnamed'] {
  return unnamed.filter(({ name }) => looksLikeData(name) && !/manifest[^/]*\.json$/i.test(name))
}

/** They become sources of the project; their bytes stay where they are. */
export async function addServerFiles(files: ServerInputs['unnamed']): Promise<void> {
  const added = await actOrSay((project, by) => {
    const sources = [...project.sources]
    for (const { side, name, bytes } of files)
      sources.push(newSource({ name, size: bytes }, null, side, { ...project, sources }, null))
    const read = { action: 'source-read', object: `${counted(files.length, 'file')} at the server`, digest: null }
    return recorded(project, [read], by, { sources })
  })
  if (added)
    setWorkspace({ done: 'The files are sources of the project now. Look at each one’s format and schema under Sources.' })
}

export function pathOfResult(run: ServerRun): string {
  return `${path(openId() ?? '')}/${run.id}/result`
}

function path(project: string): string {
  return `/team/${encodeURIComponent(project)}/runs`
}

function openId(): string | null {
  return workspace().project?.manifest.id ?? null
}
