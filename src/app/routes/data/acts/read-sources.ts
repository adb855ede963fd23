/** Sources and the run that read them: what a run learned about a source, and whether a source is still what the run read. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'
import { readingDigest } from '../../../../core/project/format/inputs-changed.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { schemasDigest } from '../../../../core/project/runs/run-summary.ts'
import type { RunDetail } from '../../../session/state.ts'

/** Sources with digest and counts of the reading; one that was replaced or changed meanwhile stays as it is now. */
export function withWhatWasRead(
  sources: readonly SourceEntry[],
  read: readonly SourceEntry[],
  inputs: readonly InputReport[],
): readonly SourceEntry[] {
  return sources.map((source) => {
    const input = inputs[read.indexOf(source)]
    if (!input?.sha256 || input.status !== 'read') return source
    const sha256 = `sha256:${bare(input.sha256)}`
    const same = source.sha256 === sha256 && source.records === input.records && source.bytes === input.bytes
    return same ? source : { ...source, sha256, records: input.records, bytes: input.bytes }
  })
}

/**
 * Whether a source is no longer what a run read: other bytes, another side, table, schema or way of reading.
 * @param read the source when the run began
 * @param input what the run says about it
 */
export function changedSinceRead(source: SourceEntry | undefined, read: SourceEntry, input: InputReport | undefined): boolean {
  if (!source || readingDigest(source) !== readingDigest(read)) return true
  const then = input?.sha256 ?? read.sha256
  return then !== null && source.sha256 !== null ? bare(then) !== bare(source.sha256) : source.bytes !== read.bytes
}

/** What is no longer as a run read it, each in a few words; empty while the run still describes the project. */
export function changedSinceRun(
  run: Pick<RunDetail, 'read' | 'validation' | 'summary'>,
  project: Pick<Project, 'sources' | 'schemas'>,
): readonly string[] {
  const now = new Map(project.sources.map((source) => [source.id, source]))
  const changed = run.read.flatMap((read, index) => {
    const source = now.get(read.id)
    if (!source) return [`${read.name} was removed`]
    return changedSinceRead(source, read, run.validation?.inputs[index]) ? [`${read.name} changed`] : []
  })
  const known = new Set(run.read.map(({ id }) => id))
  const unread = project.sources.filter(({ id }) => !known.has(id)).map(({ name }) => `${name} was not read`)
  const schemas = schemasDigest(project) === run.summary.schemas ? [] : ['a schema changed']
  return [...changed, ...unread, ...schemas]
}

/** Digests are written with or without the name of the algorithm. */
function bare(digest: string): string {
  return digest.replace(/^sha256:/, '')
}
