/** The second copy of each project as the page keeps it: what every save changed, in a journal that shares nothing with the browser's database. */
import { type SaveMark, wantsSnapshot } from '../core/project/journal.ts'
import type { ProjectFiles } from '../core/project/project.ts'
import { StoreProblem } from '../core/project/store.ts'
import {
  eraseJournal,
  type FoundJournal,
  type JournalAnswer,
  type JournalPlace,
  type JournalWork,
  journaledProjects,
} from './journal-browser.ts'
import type { SegmentWrites } from './kept-files.ts'

/** The worker that writes journals; `handed` is of no use to the page any more. */
export type JournalDoor = (work: JournalWork, handed?: readonly Transferable[]) => Promise<JournalAnswer>

/** A save that is in the second copy, and is not acknowledged yet. */
interface SecondSave {
  /** The first copy has it, too: what it replaces may go. */
  settle(): Promise<void>
  /** The first copy refused it. */
  takeBack(): Promise<void>
}

type Differs = Pick<SegmentWrites, 'changed' | 'removed'>

export class SecondCopy {
  private readonly door: JournalDoor
  /** Journals whose last save is the one this tab knows; any other is begun anew. */
  private readonly places = new Map<string, JournalPlace>()
  /** Projects whose journal this tab has written. */
  private readonly written = new Set<string>()
  private why: string | null = null

  constructor(door: JournalDoor) {
    this.door = door
  }

  /** Why the last save is in the first copy only; null where it is in both. */
  get missing(): string | null {
    return this.why
  }

  readonly projects = journaledProjects

  /** Null where there is none that can be read. */
  async find(project: string, how: 'look' | 'read'): Promise<FoundJournal | null> {
    return (await this.door({ kind: how, project }).catch(() => null))?.found ?? null
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
    const before = this.places.get(project) ?? null
    this.written.add(project)
    try {
      const place = before ? await this.append(project, before, mark, differs, files) : await this.begin(project, mark, files)
      this.why = null
      const settle = async (): Promise<void> => {
        const held = [...files.values()].reduce((sum, { length }) => sum + length, 0)
        if (before && !wantsSnapshot(place.bytes, held)) return
        if (before) await this.begin(project, mark, files)
        await this.door({ kind: 'settle', project })
      }
      const takeBack = async (): Promise<void> => {
        if (before) this.places.set(project, before)
        else this.places.delete(project)
        await this.door({ kind: 'take-back', project, place: before })
      }
      return { settle: () => this.orAnew(project, settle), takeBack: () => this.orAnew(project, takeBack) }
    } catch (error) {
      this.failed(project, error)
      return { settle: async () => undefined, takeBack: async () => undefined }
    }
  }

  /** Lets other tabs write the journal. */
  async close(project: string): Promise<void> {
    this.places.delete(project)
    if (this.written.delete(project)) await this.door({ kind: 'close', project }).catch(() => undefined)
  }

  /** @throws StoreProblem `locked` where it is still there afterwards */
  async erase(project: string): Promise<void> {
    await this.close(project)
    if (!(await journaledProjects()).includes(project)) return
    try {
      await eraseJournal(project)
    } catch (error) {
      throw new StoreProblem(
        'locked',
        'The second copy of this project can not be removed while another tab writes it. Nothing was erased. Close the other tab, then erase again.',
        error,
      )
    }
  }

  private async append(project: string, place: JournalPlace, mark: SaveMark, differs: Differs, files: ProjectFiles) {
    const { changed, removed } = differs
    const changes = changed.map(([path, first]) => ({ path, first, bytes: (files.get(path) ?? new Uint8Array()).slice(first) }))
    const save = { ...mark, changes, removed }
    return this.placed(project, await this.door({ kind: 'append', project, place, save }, buffersOf(changes)))
  }

  private async begin(project: string, mark: SaveMark, files: ProjectFiles) {
    const changes = [...files].map(([path, bytes]) => ({ path, first: 0, bytes: bytes.slice() }))
    const save = { ...mark, changes, removed: [] }
    return this.placed(project, await this.door({ kind: 'begin', project, save }, buffersOf(changes)))
  }

  private placed(project: string, { place }: JournalAnswer): JournalPlace {
    if (!place) throw new Error('The journal said nothing')
    this.places.set(project, place)
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
    this.why = full ? 'there is no room left for it' : error instanceof Error ? error.message : String(error)
  }
}

function buffersOf(changes: readonly { readonly bytes: Uint8Array<ArrayBuffer> }[]): readonly Transferable[] {
  return changes.map(({ bytes }) => bytes.buffer)
}
