/** Runs on the engine of the server: begun for a project, followed by their folders, called off, gone on with after the server was down. */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ServerInputs, ServerRun, ServerVerb } from '../../core/team/server-runs.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { diskFolder } from '../../scale/disk-folder.ts'
import { sweepRows } from '../../scale/expiry.ts'
import { callOff, cancelRun } from '../../scale/open-run.ts'
import { planOf, type RunPlan } from '../../scale/plan.ts'
import { StatusReader } from '../../scale/status.ts'
import { placeOf } from '../../scale/stretches/task-place.ts'
import { readJson } from '../../scale/work-folder.ts'
import { RunFolder } from './run-folder.ts'

export interface RunsSettings {
  /** As the page shows it, without passwords. */
  readonly engine: string
  /** Folder or `s3://` address; the files of a project lie in `<inputs>/<project>/<side>/`. */
  readonly inputs: string
  /** Folder of all runs. */
  readonly work: string
  /** Starts the program with these words in this folder. Its standard error says why it failed. */
  readonly start: (words: readonly string[], folder: string) => ChildProcess
}

export type Begun =
  | { readonly ok: true; readonly run: ServerRun }
  | { readonly ok: false; readonly code: string; readonly why: string }

/** Runs at once of all projects. */
const mostRuns = 4
/** A page asks more often than the folder changes. Milliseconds. */
const freshFor = 1_000
/** Within this time a run that was called off ends by itself. Milliseconds. */
const patience = 10_000
/** How often expired rows are looked for. Milliseconds. */
const sweepEvery = 60 * 60_000
/** Of what a program said, so much is kept to say why it failed. */
const mostSaid = 4_000

interface Going {
  readonly child: ChildProcess
  readonly ended: Promise<void>
}

export class RunDesk {
  readonly #settings: RunsSettings
  readonly #now: () => number
  readonly #say: (sentence: string) => void
  readonly #folders = new Map<string, RunFolder>()
  readonly #over = new Map<string, ServerRun>()
  readonly #going = new Map<string, Going>()
  readonly #readers = new Map<string, { readonly plan: RunPlan; readonly reader: StatusReader }>()
  readonly #told = new Map<string, { readonly at: number; readonly run: Promise<ServerRun> }>()
  readonly #beginning = new Set<string>()
  readonly #looking = new Map<string, Promise<ServerInputs | string>>()
  readonly #sweeping: NodeJS.Timeout
  /** Sweeps under way, by run. */
  readonly #sweeps = new Map<string, Promise<unknown>>()
  #isClosing = false

  private constructor(settings: RunsSettings, now: () => number, say: (sentence: string) => void) {
    this.#settings = settings
    this.#now = now
    this.#say = say
    this.#sweeping = setInterval(() => void this.sweep(), sweepEvery).unref()
  }

  /** Goes on with what an earlier process of the server began. */
  static async open(settings: RunsSettings, now: () => number, say: (sentence: string) => void): Promise<RunDesk> {
    const desk = new RunDesk(settings, now, say)
    for (const folder of await RunFolder.all(settings.work)) {
      const { id } = folder.about
      desk.#folders.set(id, folder)
      const end = await folder.end()
      if (end) desk.#over.set(id, end)
      else {
        say(`The run ${id} of project ${folder.about.project} goes on.`)
        await desk.#goOn(folder)
      }
    }
    await desk.sweep()
    return desk
  }

  /** Removes rows and key of runs that nobody goes on with: those of which tasks were set aside, or that failed. */
  async sweep(): Promise<void> {
    for (const [id, { path, about }] of this.#folders) {
      if (this.#going.has(id) || this.#beginning.has(about.project)) continue
      const sweep = sweepRows(diskFolder(path), this.#now()).catch((error: unknown) =>
        this.#say(`Rows of run ${id} could not be removed: ${errorWords(error)}`),
      )
      this.#sweeps.set(id, sweep)
      await sweep
      this.#sweeps.delete(id)
    }
  }

  get engine(): string {
    return this.#settings.engine
  }

  get inputs(): string {
    return this.#settings.inputs
  }

  /** Of one project, the newest first. */
  async list(project: string): Promise<readonly ServerRun[]> {
    const own = [...this.#folders.values()].filter(({ about }) => about.project === project)
    return (await Promise.all(own.map((folder) => this.#tell(folder)))).reverse()
  }

  /** Null while it goes on, and where it failed or was called off. */
  async resultOf(folder: RunFolder): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#over.get(folder.about.id)?.ended?.hasResult ? await folder.result() : null
  }

  /** Null where this project has no such run. */
  find(project: string, id: string): RunFolder | null {
    const folder = this.#folders.get(id)
    return folder?.about.project === project ? folder : null
  }

  /** @param documents digests by path, or why there are none; asked for once it is sure that the run may begin  @param copy puts one of them there */
  async begin(
    asked: { readonly project: string; readonly verb: ServerVerb; readonly by: string; readonly place: string },
    documents: () => Promise<Readonly<Record<string, string>> | string>,
    copy: (digest: string, to: string) => Promise<void>,
  ): Promise<Begun> {
    const { project, verb, by, place } = asked
    const busy = this.#busyWith(project)
    if (busy !== null) return busy
    this.#beginning.add(project)
    try {
      const files = await documents()
      if (typeof files === 'string') return { ok: false, code: 'not-here', why: files }
      const at = new Date(this.#now()).toISOString()
      const id = `${at.replace(/[-:.Z]/g, '').toLowerCase()}-${randomBytes(4).toString('hex')}`
      const folder = await RunFolder.make(this.#settings.work, { id, project, verb, by, started: at, files }, copy)
      this.#folders.set(id, folder)
      this.#start(folder, wordsOf(folder, place))
      return { ok: true, run: await this.#tell(folder) }
    } catch (error) {
      this.#say(`A run of project ${project} could not be begun: ${errorWords(error)}`)
      const why = 'The server could not write down this run; nothing of it is left. Ask who runs the server: its log says why.'
      return { ok: false, code: 'trouble', why }
    } finally {
      this.#beginning.delete(project)
    }
  }

  /** Nothing of it begins any more; resolves when its processes ended. False where it is over. */
  async cancel({ path, about: { id } }: RunFolder): Promise<boolean> {
    const going = this.#going.get(id)
    if (going === undefined) return false
    await callOff(diskFolder(path))
    const late = setTimeout(() => going.child.kill('SIGKILL'), patience)
    await going.ended
    clearTimeout(late)
    return true
  }

  /** Tries again what was set aside, or goes on with what failed. */
  async again(folder: RunFolder): Promise<Begun> {
    const { id, project } = folder.about
    const outcome = this.#over.get(id)?.ended?.outcome
    if (outcome !== 'not-whole' && outcome !== 'failed')
      return {
        ok: false,
        code: 'nothing-missing',
        why: 'Nothing of this run is missing, or it was cancelled. Begin another one.',
      }
    const busy = this.#busyWith(project)
    if (busy !== null) return busy
    this.#beginning.add(project)
    try {
      await this.#sweeps.get(id)
      await folder.forgetEnd()
      this.#over.delete(id)
      await this.#goOn(folder)
      return { ok: true, run: await this.#tell(folder) }
    } finally {
      this.#beginning.delete(project)
    }
  }

  /** Stops what goes on; the next start goes on with it. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#sweeping)
    const going = [...this.#going.values()]
    for (const { child } of going) child.kill('SIGINT')
    const late = setTimeout(() => {
      for (const { child } of going) child.kill('SIGKILL')
    }, patience)
    await Promise.all(going.map(({ ended }) => ended))
    clearTimeout(late)
  }

  /** Several who ask at once what lies there for a project are answered by one look. */
  async inputsOf(project: string, look: () => Promise<ServerInputs | string>): Promise<ServerInputs | string> {
    const looked = this.#looking.get(project) ?? look().finally(() => this.#looking.delete(project))
    this.#looking.set(project, looked)
    return await looked
  }

  #busyWith(project: string): (Begun & { readonly ok: false }) | null {
    const isGoing = [...this.#going.keys()].some((id) => this.#folders.get(id)?.about.project === project)
    if (this.#isClosing) return { ok: false, code: 'trouble', why: 'The server stops. Try again when it is back.' }
    if (isGoing || this.#beginning.has(project))
      return { ok: false, code: 'running', why: 'A run of this project goes on. Wait until it ends, or cancel it.' }
    if (this.#going.size + this.#beginning.size >= mostRuns)
      return {
        ok: false,
        code: 'busy',
        why: `The server does ${mostRuns} runs of other projects now. Try again when one of them ended.`,
      }
    return null
  }

  async #goOn(folder: RunFolder): Promise<void> {
    const { path, about } = folder
    if ((await diskFolder(path).read('cancelled')) !== null) return await this.#close(folder, '')
    const isPlanned = (await this.#readerOf(folder)) !== null
    this.#start(folder, isPlanned ? resumed(folder) : wordsOf(folder, this.placeOf(about.project)))
  }

  /** Where the files of a project are looked for. */
  placeOf(project: string): string {
    return `${this.#settings.inputs.replace(/\/+$/, '')}/${project}`
  }

  #start(folder: RunFolder, words: readonly string[]): void {
    const { id } = folder.about
    const child = this.#settings.start(['--no-settings', ...words], folder.path)
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostSaid)
    })
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        said += `\n${errorWords(error)}`
        resolve()
      })
      child.once('close', () => resolve())
    }).then(async () => {
      // What was stopped with the server goes on with it.
      if (!this.#isClosing)
        await this.#close(folder, said).catch((error: unknown) =>
          this.#say(`The end of run ${id} could not be written: ${errorWords(error)}`),
        )
      this.#going.delete(id)
    })
    this.#going.set(id, { child, ended })
  }

  /** Writes down how a run ended, and removes its rows where nobody goes on with it. */
  async #close(folder: RunFolder, said: string): Promise<void> {
    const work = diskFolder(folder.path)
    const isCancelled = (await work.read('cancelled')) !== null
    this.#told.delete(folder.about.id)
    const run = await this.#read(folder)
    const hasResult = (await stat(folder.resultPath).catch(() => null)) !== null
    const isAside = (run.state?.aside.length ?? 0) > 0
    const outcome = isCancelled ? 'cancelled' : isAside ? 'not-whole' : hasResult ? 'done' : 'failed'
    if (isCancelled) await this.#cancelOnEngine(folder)
    const why = outcome === 'failed' ? lastLine(said) : null
    const over: ServerRun = {
      ...run,
      ended: { at: new Date(this.#now()).toISOString(), outcome, hasResult: hasResult && !isCancelled, why },
    }
    await folder.keepEnd(over)
    this.#over.set(folder.about.id, over)
    this.#readers.delete(folder.about.id)
    this.#told.delete(folder.about.id)
  }

  /** Takes what waits out of the engine's queue, and rows and key out of the folder, whether or not the engine answers. */
  async #cancelOnEngine(folder: RunFolder): Promise<void> {
    const { path, about } = folder
    // Nothing of it reached the engine.
    if ((await this.#readerOf(folder)) === null) return await cancelRun(diskFolder(path))
    const child = this.#settings.start(['--no-settings', 'run', '--quiet', '--cancel', path], path)
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostSaid)
    })
    const late = setTimeout(() => child.kill('SIGKILL'), patience)
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(null))
      child.once('close', resolve)
    })
    clearTimeout(late)
    if (code === 0) return
    this.#say(`Tasks of run ${about.id} may wait in the queue of the engine still: ${lastLine(said)}`)
    await cancelRun(diskFolder(path))
  }

  async #tell(folder: RunFolder): Promise<ServerRun> {
    const { id } = folder.about
    const over = this.#over.get(id)
    if (over) return over
    const told = this.#told.get(id)
    const now = this.#now()
    if (told && now - told.at < freshFor) return await told.run
    const run = this.#read(folder)
    this.#told.set(id, { at: now, run })
    return await run
  }

  async #read(folder: RunFolder): Promise<ServerRun> {
    const { id, verb, by, started, files } = folder.about
    const known = { id, verb, by, started, files, ended: null }
    const held = await this.#readerOf(folder)
    if (held === null) return { ...known, bytes: null, state: null }
    const { plan, reader } = held
    const { stages, atWork, failedAttempts, bytesRead, bytesWritten, secondsLeft, aside } = await reader.read()
    const named = aside.map(({ task, why }) => ({ task, place: placeOf(plan, task), why: why ?? '' }))
    const state = { stages: [...stages], atWork, failedAttempts, bytesRead, bytesWritten, secondsLeft, aside: named }
    return { ...known, bytes: plan.bytes, state, tool: plan.tool }
  }

  /** Null before the run is planned. */
  async #readerOf({ path, about }: RunFolder): Promise<{ readonly plan: RunPlan; readonly reader: StatusReader } | null> {
    const held = this.#readers.get(about.id)
    if (held) return held
    const folder = diskFolder(path)
    const plan = planOf(await readJson(folder, 'plan.json'))
    if (plan === null) return null
    const made = { plan, reader: new StatusReader({ folder, plan }) }
    this.#readers.set(about.id, made)
    return made
  }
}

/** Words of the command line; a run that only finds something has not failed. */
function wordsOf({ path, projectPath, resultPath, about: { verb } }: RunFolder, place: string): readonly string[] {
  const result =
    verb === 'profile'
      ? ['--number-columns', '--format', 'markdown', '--out', resultPath]
      : ['--result', resultPath, '--fail-on', 'never']
  return ['run', verb, '--quiet', projectPath, '--sources', place, ...result, '--work', path]
}

function resumed({ path }: RunFolder): readonly string[] {
  return ['run', '--quiet', '--resume', path]
}

/** The sentence with which a program ended. */
function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  return lines.at(-1)?.trim().slice(0, 500) ?? 'It ended without a word. Ask who runs the server.'
}
