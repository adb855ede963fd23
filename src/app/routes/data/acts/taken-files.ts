/** Files that are added together, while they are looked at: nothing of them is in the project before all of them are. */
import type { Side, SourceEntry } from '../../../../core/data/model/source.ts'
import type { Member } from '../../../../core/data/read/containers/content.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { newSource } from './new-source.ts'
import { type GivenSchema, withSchema } from './schemas.ts'

/** A file, and the source that it belongs to. */
export interface Taken {
  readonly file: File
  readonly sha256: string | null
  /** As it was when the file was looked at. */
  readonly source: SourceEntry
  readonly isNew: boolean
}

type Here = Pick<Project, 'sources' | 'schemas'>

/** Sources of the project together with those that come. */
export function takenBeside({ sources }: Here, taken: readonly Taken[]): readonly SourceEntry[] {
  const come = new Map(taken.map((each) => [each.source.id, sourceOf(each, each.source)]))
  const known = new Set(sources.map(({ id }) => id))
  return [...sources.map((source) => come.get(source.id) ?? source), ...[...come.values()].filter(({ id }) => !known.has(id))]
}

/** A file as a new source beside all others; `member` is the table inside the file, null where the file is the table. */
export function placed(
  project: Here,
  taken: readonly Taken[],
  given: Pick<Taken, 'file' | 'sha256'> & { readonly side: Side; readonly member: Member | null },
): Taken {
  const { file, sha256, side, member } = given
  const here = { sources: takenBeside(project, taken), schemas: project.schemas }
  return { file, sha256, source: newSource(file, sha256, side, here, member), isNew: true }
}

/** The project with all of them; `schemas` says of each schema what it was attached to. */
export function withTaken(
  project: Project,
  taken: readonly Taken[],
  given: readonly GivenSchema[],
): { readonly ok: true; readonly project: Project; readonly schemas: readonly string[] } | ReturnType<typeof refuse> {
  const sources = new Map(project.sources.map((source) => [source.id, source]))
  for (const each of taken) {
    const now = sources.get(each.source.id)
    // What was changed or removed while files were looked at is for a person to see first.
    if (each.isNew === (now !== undefined))
      return refuse(`The files of this project changed while ${each.file.name} was looked at. Add the files again.`)
    sources.set(each.source.id, sourceOf(each, now ?? each.source))
  }
  let next: Project = { ...project, sources: [...sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) }
  const schemas: string[] = []
  for (const one of given) {
    const { project: attached, words } = withSchema(next, one)
    next = attached
    schemas.push(words)
  }
  return { ok: true, project: next, schemas }
}

/** What is known of other bytes of a source says nothing of these. */
function sourceOf({ file, sha256 }: Taken, source: SourceEntry): SourceEntry {
  return source.sha256 === sha256 ? source : { ...source, bytes: file.size, sha256, records: null }
}
