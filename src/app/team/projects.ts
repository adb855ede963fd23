/** Projects on the server: opened here, moved there from this browser, and left with everything. */
import { utf8 } from '../../core/canonical.ts'
import { counted } from '../../core/counted.ts'
import { ledgerLine } from '../../core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { ledgerUnion } from '../../core/project/ledger/ledger-union.ts'
import { readFilesItem } from '../../core/team/files-item.ts'
import type { StreamItem } from '../../core/team/frames.ts'
import { isMembers } from '../../core/values/json.ts'
import { saveProjectFile } from '../keeping/save.ts'
import { openKept, takeProject } from '../opening/take-project.ts'
import { browserStore } from '../session/browser-store.ts'
import { ask as askPerson } from '../session/question.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { ask, getBlob } from './ask-server.ts'
import { type KeptStanding, keepStanding, nothingKnown, readStanding } from './kept-standing.ts'
import { readItems } from './read-items.ts'
import { allSent, followOpenProject, letGo } from './team.ts'
import { setTeam, teamState } from './team-state.ts'

export interface TeamProject {
  readonly id: string
  readonly name: string
}

/** @throws {Error} with the server's sentence */
export async function listProjects(): Promise<readonly TeamProject[]> {
  const answer = await ask('GET', '/team')
  if (!answer.ok) throw new Error(answer.why)
  const { projects } = answer.value
  return Array.isArray(projects)
    ? projects.flatMap((each) => (isMembers(each) ? [{ id: String(each.id), name: String(each.name) }] : []))
    : []
}

/** Opens a project of the server: what this browser keeps of it goes on, else all of it is fetched. @throws {Error} with a sentence */
export async function openFromServer(id: string): Promise<void> {
  const kept = (await (await browserStore()).list()).some((each) => each.id === id)
  if (kept) {
    if ((await readStanding(id)) === null) await keepStanding(id, nothingKnown)
    await openKept(id)
    return
  }
  const { files, standing } = await fetchAll(id)
  await keepStanding(id, standing)
  if (!(await takeProject(files, '/readiness'))) await keepStanding(id, null)
}

async function fetchAll(id: string): Promise<{ files: ReadonlyMap<string, Blob>; standing: KeptStanding }> {
  const lines = await itemsOf(id, 'ledger')
  const entries: LedgerEntry[] = lines.flatMap(({ body }) => [...readLedger(new TextDecoder().decode(body)).entries])
  const heads: Record<string, { seq: number; hash: string }> = {}
  for (const { device, seq, hash } of entries) heads[device] = { seq, hash }
  const changes = await itemsOf(id, 'files')
  const there: Record<string, string> = {}
  for (const { body } of changes) {
    const reading = readFilesItem(body)
    if (!reading.ok) continue
    for (const [path, digest] of Object.entries(reading.item.files))
      if (digest === null) delete there[path]
      else there[path] = digest
  }
  const files = new Map<string, Blob>([['ledger.jsonl', new Blob([utf8(ledgerUnion(entries).map(ledgerLine).join(''))])]])
  for (const [path, digest] of Object.entries(there)) files.set(path, new Blob([await getBlob(id, digest)]))
  if (!files.has('carryover.json'))
    throw new Error('This project is still being moved to the server. Try again when that is done.')
  const seqs = { ledger: lines.at(-1)?.seq ?? 0, files: changes.at(-1)?.seq ?? 0 }
  return { files, standing: { seqs, heads, files: there, edits: {} } }
}

/** @throws {Error} with a sentence */
async function itemsOf(id: string, stream: string): Promise<readonly StreamItem[]> {
  const all: StreamItem[] = []
  for (;;) {
    const from = all.at(-1)?.seq ?? 0
    const items = await readItems(id, stream, from)
    if (items.length === 0) return all
    all.push(...items)
  }
}

/** Puts the open project on the server. Its private part stays in this browser. Null when done, else why not. */
export async function moveHere(): Promise<string | null> {
  const { project } = workspace()
  if (!project) return 'Open the project first.'
  if (project.readOnly !== null) return project.readOnly
  const { id, name } = project.manifest
  const made = await ask('POST', '/team', { id, name })
  if (!made.ok && made.code !== 'taken') return made.why
  // A move that was cut off goes on.
  if (!made.ok && !(await listProjects()).some((each) => each.id === id)) return made.why
  if ((await readStanding(id)) === null) await keepStanding(id, nothingKnown)
  await followOpenProject()
  return finishMove(id)
}

/** Null when all of the project is on the server and the move is over; else why not. The move goes on where it was when it is asked for again. */
export async function finishMove(id: string): Promise<string | null> {
  const isSent = await allSent()
  const { refused, waiting } = teamState()
  if (refused !== null) return refused
  if (!isSent)
    return `${waiting.length === 0 ? 'The server was not reached, so the project' : `${counted(waiting.length, 'change')} could not be sent yet, so the project`} is only in part on the server. Press Go on with the move.`
  const moved = await ask('POST', `/team/${encodeURIComponent(id)}/moved`)
  if (!moved.ok) return moved.why
  setTeam({ isMoving: false })
  return null
}

/**
 * Saves all of it as a file; the project goes on in this browser alone, and what is on the server stays there. Null when done or not wanted,
 * else why not.
 */
export async function leaveWithEverything(): Promise<string | null> {
  const { project } = workspace()
  if (!project) return null
  const isSent = await allSent()
  const { waiting } = teamState()
  if (!isSent) {
    const answer = await askPerson({
      title: 'Leave with what only this browser has?',
      text: `The server does not have all of your work${waiting.length === 0 ? '' : `: ${counted(waiting.length, 'change')} ${waiting.length === 1 ? 'waits' : 'wait'} here`}. Your colleagues do not see it after you left. It goes into your file.`,
      choices: [
        { value: 'stay', label: 'Stay' },
        { value: 'leave', label: 'Leave all the same' },
      ],
    })
    if (answer !== 'leave') return null
  }
  await saveProjectFile()
  await keepStanding(project.manifest.id, null)
  letGo()
  setWorkspace({
    done: `${project.manifest.name} goes on in this browser, with its private part. A file without private/ was saved to your downloads. Nothing goes to the server any more.`,
  })
  return null
}
