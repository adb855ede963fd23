/** What the long work of a run is asked. `File` is whatever holds the bytes: a file of a page, a source on a disk, a digest. */

import type { SourceEntry } from '../../data/model/source.ts'
import type { Project } from '../format/project.ts'
import { pairingInput, type RunInput, type RunSource, runSources } from './run-input.ts'

/** Files by the id of their source; a source without one is left out. */
type Here<File> = ReadonlyMap<string, File>

/** What the checks of files read; the index of a file is its place among the sources that are here. */
export function checkingQuestion<File>(
  { sources, rules, severityRules, definitions, asOf }: RunInput,
  files: Here<File>,
  seed: string,
) {
  const here = withFiles(sources, files)
  const inputs = here.map(({ file, side, format, table, reading, schema }) => ({ file, side, format, table, reading, schema }))
  return { inputs, seed, asOf, rules, severityRules, definitions, profiles: here.map(({ profiles }) => profiles ?? []) }
}

/** What pairing needs, or null where the project has no mapping or only one side. */
export function pairingQuestion<File>(
  project: Pick<Project, 'manifest' | 'sources' | 'schemas' | 'mapping'>,
  files: Here<File>,
  today: string,
) {
  if (project.mapping.size === 0) return null
  const { sources, mapping, asOf } = pairingInput(project, today)
  const inputs = asRead(sources, files)
  const bothSides = ['legacy', 'target'].every((side) => inputs.some((input) => input.side === side))
  return bothSides ? { inputs, mapping, asOf } : null
}

/** The files of a reconciliation, in the order of the chosen sources. */
export function reconciledFiles<File>(chosen: readonly SourceEntry[], schemas: Project['schemas'], files: Here<File>) {
  return asRead(runSources({ sources: chosen, schemas }), files)
}

function asRead<File>(sources: readonly RunSource[], files: Here<File>) {
  return withFiles(sources, files).map(({ file, side, format, table, reading }) => ({ file, side, format, table, reading }))
}

function withFiles<File>(sources: readonly RunSource[], files: Here<File>) {
  return sources.flatMap(({ entry, ...source }) => {
    const file = files.get(entry.id)
    return file === undefined ? [] : [{ ...source, file }]
  })
}
