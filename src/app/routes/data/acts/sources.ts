/** Files and servers as sources: what a dropped file is, which side it is on, and which files a reopened project still asks for. */

import { counted } from '../../../../core/counted.ts'
import type { ReadingChoices, Side, SourceEntry } from '../../../../core/data/model/source.ts'
import { Cancelled } from '../../../../core/operation.ts'
import type { Hand, Step } from '../../../../core/project/acts/hand.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { readServer, type ServerRequest } from '../../../../io/fhir-server.ts'
import { pathOf } from '../../../../io/files/given-files.ts'
import { keepSourceFolders } from '../../../keeping/kept-folders.ts'
import { actAtOnce, actOrSay, recorded } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin, type Job } from '../../../session/jobs-under-way.ts'
import { mayRecord } from '../../../session/ledger.ts'
import { refusedHere } from '../../../session/policy.ts'
import { ask } from '../../../session/question.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { nameOfFile, partsOf, tablesIn } from './inside-files.ts'
import { type Intake, showIntake } from './intake.ts'
import { beside, type Match, matchFiles, sideOfPath } from './match-source.ts'
import { looksLikeData, looksLikeTable, sideOf } from './new-source.ts'
import { showReading } from './previews.ts'
import { schemaIn } from './schemas.ts'
import { placed, type Taken, takenBeside, withTaken } from './taken-files.ts'

/**
 * Adds files, or finds back those the project already knows. Nothing is added where it is cancelled.
 * @param folders that the files came from: they are kept, so that a reloaded page opens them again
 */
export async function addSources(files: readonly File[], folders: readonly FileSystemDirectoryHandle[] = []): Promise<void> {
  const whole = folders.length > 0 || files.some((file) => file.webkitRelativePath !== '')
  const data = whole ? files.filter(({ name }) => looksLikeData(name)) : files
  await take(data, async (job) => {
    const intake = await takeIn(data, job)
    if (intake === null) return null
    await keepSourceFolders(folders)
    return {
      ...intake,
      leftOut: leftOutWords(
        files.filter((file) => !data.includes(file)),
        'does not look like data',
        'do not look like data',
      ),
    }
  })
}

/** Finds the sources that are not open among these files; nothing else is added. */
export async function findAgain(files: readonly File[], folders: readonly FileSystemDirectoryHandle[] = []): Promise<void> {
  const asked = missingSources()
  const may = files.filter(({ name, size }) => asked.some((source) => nameOfFile(source) === name || source.bytes === size))
  if (files.length > 0 && may.length === 0) {
    setWorkspace({ problem: `None of the ${counted(files.length, 'file')} chosen is one that this project asks for.` })
    return
  }
  await take(may, async (job) => {
    const intake = await takeIn(may, job, 'known')
    if (intake === null) return null
    await keepSourceFolders(folders)
    return {
      ...intake,
      leftOut: [
        ...intake.leftOut,
        ...leftOutWords(
          files.filter((file) => !may.includes(file)),
          'is not part of the project',
          'are not part of the project',
        ),
      ],
    }
  })
}

async function take(files: readonly File[], work: (job: Job) => Promise<Intake | null>): Promise<void> {
  if (files.length === 0) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  if (!mayRecord('source-read')) return
  const job = begin('Adding files')
  try {
    const intake = await work(job)
    if (intake !== null) showIntake(openProject().manifest.id, intake)
  } catch (error) {
    if (!job.stillHere()) return
    const cancelled = error instanceof Cancelled
    setWorkspace({
      problem: cancelled
        ? 'Adding files was cancelled; nothing was added.'
        : `The files could not be added: ${errorWords(error)}`,
    })
  } finally {
    job.end()
  }
}

/**
 * Recognises all files at once by their digests, looks at them one by one, asking where a name is taken, and takes them in as one act: whoever
 * reloads then finds every file again. Null, with the sentence on screen, where that was refused.
 */
async function takeIn(files: readonly File[], job: Job, which: 'all' | 'known' = 'all'): Promise<Intake | null> {
  const read = await Promise.all(files.map((file) => schemaIn(file)))
  const data = files.filter((_, index) => read[index] === null)
  const digests = await digestsOf(data, job)
  const { sources, manifest } = openProject()
  const candidates = data.map((file, index) => ({
    name: file.name,
    sha256: digests[index] ?? null,
    side: sideOfPath(pathOf(file), manifest),
  }))
  const matches = matchFiles(candidates, sources, new Set(workspace().files.keys()))
  const [same, changed, added, leftOut]: [string[], string[], string[], string[]] = [[], [], [], []]
  const taken: Taken[] = []
  const here = (): readonly SourceEntry[] => takenBeside(openProject(), taken)
  for (const [index, file] of data.entries()) {
    const candidate = candidates[index]
    const match = matches[index]
    if (!candidate || !match) continue
    const { sha256 } = candidate
    const found = (source: SourceEntry): void => {
      const known = source.sha256 === null || source.sha256 === sha256
      ;(known ? same : changed).push(file.name)
    }
    const parts = partsOf(file.name, here())
    if (parts.length > 0) {
      if (parts[0]) found(parts.find((part) => part.sha256 !== null && part.sha256 !== sha256) ?? parts[0])
      for (const part of parts) taken.push({ file, sha256, source: part, isNew: false })
      continue
    }
    // A file of this batch may have taken the name meanwhile.
    const now = match.kind === 'new' ? beside(candidate, here()) : match
    if (which === 'known' && now.kind === 'new') {
      leftOut.push(`${file.name} is not part of the project.`)
      continue
    }
    const place = now.kind === 'new' ? (candidate.side ?? sideOf(file.name)) : await placeOf(now, file.name, job.signal)
    if (!job.stillHere()) throw new Cancelled()
    if (place === null) continue
    if (typeof place !== 'string') {
      found(place)
      taken.push({ file, sha256, source: place, isNew: false })
    } else {
      added.push(file.name)
      for (const member of await tablesIn(file, job))
        taken.push(placed(openProject(), taken, { file, sha256, side: place, member }))
    }
  }
  const given = read.flatMap((each) => each ?? [])
  let schemas: readonly string[] = []
  const show = (): void => {
    setWorkspace({ files: new Map([...workspace().files, ...taken.map(({ source, file }) => [source.id, file] as const)]) })
    setWorkspace({ problem: changed.length === 0 ? null : differs(changed) })
    const toLookAt = taken.flatMap(({ source, isNew }) => (isNew && looksLikeTable(source) ? [source.id] : []))
    if (toLookAt.length > 0) showReading(toLookAt)
  }
  if (job.signal.aborted) throw new Cancelled()
  const changes = given.length > 0 || taken.some(({ source, sha256, isNew }) => isNew || source.sha256 !== sha256)
  // Files that are as the project knows them change nothing in it.
  if (!changes) show()
  else {
    const kept = await actOrSay((project) => {
      const step = withTaken(project, taken, given)
      if (step.ok) schemas = step.schemas
      return step
    }, show)
    if (!kept) return null
  }
  return { same, changed, added, schemas, leftOut }
}

function differs(names: readonly string[]): string {
  const known = names.length === 1 ? 'differs from the file this project knows' : 'differ from the files this project knows'
  return `${names.join(', ')} ${known}: results and signatures made from earlier bytes no longer hold.`
}

function leftOutWords(files: readonly File[], one: string, many: string): readonly string[] {
  if (files.length === 0) return []
  const names = files.slice(0, 10).map(({ name }) => name)
  const more = files.length - names.length
  return [`${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${files.length === 1 ? one : many}.`]
}

async function digestsOf(files: readonly File[], job: Job): Promise<readonly string[]> {
  job.show({ done: 0, total: 0, unit: 'bytes' })
  for await (const update of jobs.digest(files, job.signal)) {
    if (update.kind === 'result') return update.value
    if (update.kind === 'progress') {
      const { done, total, label } = update
      job.show({ label, done, total, unit: 'bytes', bytes: { done, total } })
    }
  }
  throw new Cancelled()
}

/** The source that a file belongs to, the side of a new one, or null where it is left out. Work that is stopped waits for no answer. */
async function placeOf(
  match: Exclude<Match, { readonly kind: 'new' }>,
  name: string,
  signal: AbortSignal,
): Promise<SourceEntry | Side | null> {
  if (match.kind !== 'ask') return match.source
  const { source, otherSide } = match
  const stopped = new Promise<'leave'>((resolve) => {
    signal.addEventListener('abort', () => resolve('leave'), { once: true })
  })
  const answer = ask({
    title: `${name} is already here`,
    text: `The project has a file of this name on the ${source.side} side, with other contents. Which file is this?`,
    choices: [
      { value: 'leave', label: 'Leave it out' },
      ...(otherSide === null ? [] : [{ value: 'add', label: `Another file, of the ${otherSide} side` }]),
      { value: 'replace', label: `A newer version of the ${source.side} file` },
    ],
  })
  const chosen = await Promise.race([answer, stopped])
  return chosen === 'replace' ? source : chosen === 'add' ? otherSide : null
}

/** Chooses how a source is read or what it is; results of earlier readings no longer hold. */
export function changeSource(
  id: string,
  change: Partial<Pick<SourceEntry, 'side' | 'table' | 'schema'>> & { readonly reading?: ReadingChoices },
): void {
  actAtOnce((project) => {
    const { sources } = project
    const before = sources.find((source) => source.id === id)
    if (!before) return { ok: true, project }
    const after = { ...before, ...change }
    if (sources.some((source) => source.id !== id && source.side === after.side && source.name === after.name))
      return refuse(`The ${after.side} side already has a file named ${after.name}. Rename one of them, then add it again.`)
    return { ok: true, project: { ...project, sources: sources.map((source) => (source.id === id ? after : source)) } }
  })
}

/** Says the side of several sources in one act, such as those of a folder; a name that the other side has already refuses all of it. */
export function changeSides(ids: readonly string[], side: Side): void {
  const changing = new Set(ids)
  actAtOnce((project) => {
    const sources = project.sources.map((source) => (changing.has(source.id) ? { ...source, side } : source))
    const twice = sources.find(
      (one) =>
        changing.has(one.id) &&
        sources.some((other) => other.id !== one.id && other.side === one.side && other.name === one.name),
    )
    if (twice) return refuse(`The ${side} side already has a file named ${twice.name}. Rename one of them, then add it again.`)
    return { ok: true, project: { ...project, sources } }
  })
}

export function removeSource(id: string): void {
  const file = workspace().files.get(id)
  const isGone = actAtOnce(
    (project) => ({ ok: true, project: { ...project, sources: project.sources.filter((source) => source.id !== id) } }),
    () => file && setWorkspace({ files: new Map(workspace().files).set(id, file) }),
  )
  if (isGone) setWorkspace({ files: new Map([...workspace().files].filter(([each]) => each !== id)) })
}

/** Sources whose bytes are not in this session. */
export function missingSources(): readonly SourceEntry[] {
  const { project, files } = workspace()
  return (project?.sources ?? []).filter((source) => !files.has(source.id))
}

/** Reads a FHIR server by pages into target sources; the bytes stay in this session like those of files. */
export async function readFromServer(request: ServerRequest): Promise<void> {
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  if (!mayRecord('source-read')) return
  const job = begin('Reading the server')
  const parts = new Map<string, string[]>()
  const short: string[] = []
  let resources = 0
  job.show({ done: 0, total: 0, unit: 'records' })
  setWorkspace({ problem: null })
  try {
    for await (const page of readServer(request, job.signal)) {
      resources += page.resources
      parts.set(page.type, [...(parts.get(page.type) ?? []), page.lines])
      if (page.short !== null) short.push(page.short)
      job.show({ label: `Reading ${page.type} from the server`, done: resources, total: 0, unit: 'records' })
    }
    if (!job.stillHere()) return
    const files = [...parts].map(([type, lines]) => new File(lines, `${type}.ndjson`))
    const intake = await takeIn(files, job)
    if (intake === null) return
    showIntake(openProject().manifest.id, intake)
    const origin = new URL(request.base).origin
    await actOrSay((project, by) => readFrom(project, origin, by))
    if (short.length > 0) setWorkspace({ problem: [workspace().problem, ...short].filter((each) => each !== null).join(' ') })
  } catch (error) {
    if (job.stillHere())
      setWorkspace({ problem: job.signal.aborted ? 'Reading the server was cancelled; nothing was added.' : errorWords(error) })
  } finally {
    job.end()
  }
}

/** The project with this server among those that it was read from. */
export function readFrom(project: Project, origin: string, by: Hand): Step {
  const { manifest } = project
  const servers = [...new Set([...manifest.servers, origin])]
  return recorded(project, [{ action: 'source-read', object: origin, digest: null }], by, { manifest: { ...manifest, servers } })
}
