/** The second copy of each project as the page keeps it: what every save changed, in a journal that shares nothing with the browser's database. */

import { type JournalSave, type SaveMark, wantsSnapshot } from '../../core/project/format/journal.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { errorWords } from '../../core/values/error-words.ts'
import type { BesideWork } from './beside-browser.ts'
import {
  eraseJournal,
  type FoundJournal,
  type JournalAnswer,
  type JournalPlace,
  type JournalWork,
  journaledProjects,
} from './journal-browser.ts'
import type { SegmentWrites } from './kept-files.ts'

/** The worker that writes journals, ended by `signal`; `handed` is of no use to the page any more. */
export type JournalDoor = (work: JournalWork, signal: AbortSignal, handed?: readonly Transferable[]) => Promise<JournalAnswer>

/** How long a save waits for its second copy: milliseconds, and bytes that a slow disk takes in one of them. */
const patience = 5000
const bytesPerMillisecond = 10_000
/** How long what must be known is waited for. */
const readingPatience = 60_000
/** The journal stays closed for the visit after so many answers that never came. */
const mostLate = 2

/** A save that is in the second copy, and is not acknowledged yet. */
interface SecondSave {
  /** The first copy has it, too: what it replaces may go. */
  settle(): Promise<void>
  /** The first copy refused it. */
  takeBack(): Promise<void>
}

type Differs = Pick<SegmentWrites, 'changed' | 'removed' | 'lessened'>

/** Where a value that was removed may have been given by mistake, and must not stay in an earlier entry. */
const personal = /^(?:private|readiness)\//

export class SecondCopy {
  private readonly door: JournalDoor
  /** Journals whose last save is the one this tab knows; any other is begun anew. */
  private readonly places = new Map<string, JournalPlace>()
  /** Projects whose journal this tab has written. */
  private readonly written = new Set<string>()
  private why: string | null = null
  /** Why the worker is asked no more in this visit. */
  private refused: string | null = null
  private late = 0
  private readonly patience: number

  constructor(door: JournalDoor, milliseconds = patience) {
    this.door = door
    this.patience = milliseconds
  }

  /** Why the last save is in the first copy only; null where it is in both. */
  get missing(): string | null {
    return this.why
  }

  readonly projects = journaledProjects

  /** Writes or removes a small file that lies beside the journals. */
  async beside(work: BesideWork): Promise<void> {
    await this.ask(work)
  }

  /**
   * Null where there is none.
   * @throws StoreProblem `unreadable` where there is one and it can not be read: it may have saves that the database lacks
   */
  async find(project: string, how: 'look' | 'read'): Promise<FoundJournal | null> {
    try {
      if (!(await journaledProjects()).includes(project)) return null
      return (await this.ask({ kind: how, project }, readingPatience)).found ?? null
    } catch (error) {
      throw new StoreProblem(
        'unreadable',
        `The second copy of this project could not be read (${errorWords(error)}). It may have saves that the database of this browser lacks, so nothing was opened or changed. Reload the page to try again. If that does not help, open the last backup or file of the project in another browser, or erase the project from this one first.`,
        error,
      )
    }
  }

  /** The next save is appended here. */
  goOn(project: string, place: JournalPlace): void {
    this.places.set(project, place)
  }

  /** The next save begins a journal. */
  beginAnew(project: string): void {
    this.places.delete(project)
  }

  /** Writes a save and flushes it. Never rejects: a save without a second copy holds all the same, and `missing` says why. */
  async save(project: string, mark: SaveMark, differs: Differs, files: ProjectFiles): Promise<SecondSave> {
    const effaces = differs.lessened.some((path) => personal.test(path))
    const before = this.places.get(project) ?? null
    const first = !this.written.has(project)
    this.written.add(project)
    try {
      const goesOn = before !== null && !effaces
      const place = goesOn ? await this.append(project, before, mark, differs, files) : await this.begin(project, mark, files)
      this.why = null
      const settle = async (): Promise<void> => {
        const long = wantsSnapshot(place.bytes, sizeOf(files))
        // What an earlier visit could not settle any more is settled by the first save of this one.
        if (goesOn && !first && !long) return
        if (goesOn && long) await this.begin(project, mark, files)
        await this.ask({ kind: 'settle', project })
      }
      const takeBack = async (): Promise<void> => {
        if (before) this.places.set(project, before)
        else this.places.delete(project)
        await this.ask({ kind: 'take-back', project, place: before })
      }
      return { settle: () => this.orAnew(project, settle), takeBack: () => this.orAnew(project, takeBack) }
    } catch (error) {
      this.failed(project, error)
      // Without a second copy rather than with one that keeps what was removed.
      const settle = async (): Promise<void> => {
        if (!effaces) return
        await this.close(project)
        await eraseJournal(project)
      }
      return { settle: () => this.orAnew(project, settle), takeBack: async () => undefined }
    }
  }

  /** Lets other tabs write the journal. */
  async close(project: string): Promise<void> {
    this.places.delete(project)
    if (this.written.delete(project)) await this.ask({ kind: 'close', project }).catch(() => undefined)
  }

  /** @throws StoreProblem `locked` where another tab writes it, `unavailable` where it can not be removed for another reason */
  async erase(project: string): Promise<void> {
    await this.close(project)
    try {
      await eraseJournal(project)
    } catch (error) {
      const locked = error instanceof Error && error.name === 'NoModificationAllowedError'
      throw new StoreProblem(
        locked ? 'locked' : 'unavailable',
        locked
          ? 'The second copy of this project can not be removed while another tab writes it. Nothing was erased. Close the other tab, then erase again.'
          : `The second copy of this project can not be removed (${errorWords(error)}). Nothing was erased. Reload the page, then erase again.`,
        error,
      )
    }
  }

  private async append(project: string, place: JournalPlace, mark: SaveMark, differs: Differs, files: ProjectFiles) {
    const { changed, removed } = differs
    const changes = changed.map(([path, first]) => ({ path, first, bytes: (files.get(path) ?? new Uint8Array()).slice(first) }))
    const save = { ...mark, changes, removed }
    return this.placed(project, await this.give({ kind: 'append', project, place, save }))
  }

  private async begin(project: string, mark: SaveMark, files: ProjectFiles) {
    const changes = [...files].map(([path, bytes]) => ({ path, first: 0, bytes: bytes.slice() }))
    const save = { ...mark, changes, removed: [] }
    return this.placed(project, await this.give({ kind: 'begin', project, save }))
  }

  private give(work: JournalWork & { readonly save: JournalSave }): Promise<JournalAnswer> {
    const buffers = work.save.changes.map(({ bytes }) => bytes.buffer)
    const size = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0)
    return this.ask(work, this.patience + size / bytesPerMillisecond, buffers)
  }

  /** Asks the worker, and ends it where no answer comes: a save must not wait for its second copy for ever. */
  private async ask(
    work: JournalWork,
    milliseconds = this.patience,
    handed: readonly Transferable[] = [],
  ): Promise<JournalAnswer> {
    if (this.refused !== null) throw new Error(this.refused)
    const ending = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new Error('it was not written in time')
        if (++this.late >= mostLate) this.refused = `${error.message}, ${mostLate} times`
        reject(error)
        ending.abort()
      }, milliseconds)
    })
    try {
      const answer = await Promise.race([this.door(work, ending.signal, handed), over])
      this.late = 0
      return answer
    } catch (error) {
      // Each further question would start, and test, another worker.
      if (error instanceof Error && 'code' in error && error.code === 'worker-unproven') this.refused = error.message
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  private placed(project: string, { place }: JournalAnswer): JournalPlace {
    if (!place) throw new Error('The journal said nothing')
    this.places.set(project, place)
    // It may have been let go of while this was under way.
    this.written.add(project)
    return place
  }

  private async orAnew(project: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.failed(project, error)
    }
  }

  private failed(project: string, error: unknown): void {
    this.places.delete(project)
    const full = error instanceof Error && error.name === 'QuotaExceededError'
    this.why = full ? 'there is no room left for it' : errorWords(error)
  }
}

const sizeOf = (files: ProjectFiles): number => [...files.values()].reduce((sum, { length }) => sum + length, 0)
