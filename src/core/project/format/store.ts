/** What storage of projects must be able to do, wherever it is. Trouble comes as a `StoreProblem`, whose message is a sentence for people. */
import type { ProjectFiles } from './project.ts'

export interface StoredProject {
  readonly id: string
  readonly name: string
  /** RFC 3339 of the last save. */
  readonly saved: string
  readonly bytes: number
}

/** `decision`: acknowledged only when on disk (verdicts, ledger, signatures). `bulk`: batched, for drawings and drafts. */
export type Durability = 'decision' | 'bulk'

export interface ProjectStore {
  list(): Promise<readonly StoredProject[]>
  /** Null where no such project is kept here. */
  open(id: string): Promise<ProjectFiles | null>
  /**
   * Writes what differs from what is kept, and removes what is no longer there, in one transaction. A project that was read here and has
   * been saved elsewhere since is refused (`overtaken`), and nothing is written.
   */
  save(id: string, name: string, files: ProjectFiles, durability: Durability, now: string): Promise<void>
  /** Removes everything of a project, its keys included. */
  erase(id: string): Promise<void>
}

/** `overtaken`: somebody else saved the project since it was read here. `newer`: kept in a form of a later version. */
export type StoreTrouble = 'full' | 'overtaken' | 'newer' | 'emptied' | 'locked' | 'unavailable' | 'unreadable'

export class StoreProblem extends Error {
  readonly code: StoreTrouble
  constructor(code: StoreTrouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreProblem'
    this.code = code
  }
}
