/** A file that the project does not know yet: what it is called, which format and which side its name suggests. */

import { isTableFormat, type Side, type SourceEntry, type SourceFormat } from '../../../../core/data/model/source.ts'
import type { Member } from '../../../../core/data/read/containers/content.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { schemaFor } from './schema-places.ts'

export function newSource(
  file: Pick<File, 'name' | 'size'>,
  sha256: string | null,
  side: Side,
  { sources, schemas }: Pick<Project, 'sources' | 'schemas'>,
  member: Member | null,
): SourceEntry {
  const name = member?.name ?? file.name
  const format = formatOf(member?.reading.sheet === undefined ? name : (member.reading.entry ?? file.name))
  const table = member?.table ?? name.replace(/\.(gz|zip)$/i, '').replace(/\.[^.]+$/, '')
  const base = `${side}-${table.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  let id = base
  for (let n = 2; sources.some((other) => other.id === id); n++) id = `${base}-${n}`
  const reading = member?.reading ?? {}
  const source = { id, name, side, format, table, bytes: file.size, sha256, records: null, schema: null, reading }
  return { ...source, schema: schemaFor(source, schemas) }
}

/** Tables usually come out of the old system, resources out of the new one; a person can say otherwise. */
export function sideOf(name: string): Side {
  return isTableFormat(formatOf(name)) ? 'legacy' : 'target'
}

/** FHIR is read as it is; of anything else a person sees first how it would be read. */
export function looksLikeTable({ format }: SourceEntry): boolean {
  return isTableFormat(format)
}

/** Whether a file of a folder is taken for data; what a person chooses by itself is always taken. */
export function looksLikeData(name: string): boolean {
  return (
    /\.(csv|tsv|tab|psv|txt|dat|json|ndjson|jsonl|xls[xm]|zip|sql|parquet)(\.gz)?$/i.test(name) &&
    !/^(\.|readme|licen[cs]e)/i.test(name)
  )
}

/** What a name suggests; the reader looks at the bytes and says so where they disagree. */
function formatOf(name: string): SourceFormat {
  const inside = name.replace(/\.gz$/i, '')
  if (/manifest[^/]*\.json$/i.test(inside)) return 'manifest'
  if (/\.(ndjson|jsonl)$/i.test(inside)) return 'ndjson'
  if (/\.json$/i.test(inside)) return 'json'
  if (/\.xls[xm]$/i.test(inside)) return 'xlsx'
  if (/\.sql$/i.test(inside)) return 'sql'
  if (/\.parquet$/i.test(inside)) return 'parquet'
  return 'csv'
}
