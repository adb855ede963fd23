/** Several tables in one file: sheets of a workbook, entries of an archive, tables of a dump. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { Member } from '../../../../core/data/read/containers/content.ts'
import { Cancelled, finish } from '../../../../core/operation.ts'
import { jobs } from '../../../session/jobs.ts'
import type { Job } from '../../../session/jobs-under-way.ts'

/** Name of the file that holds a source: a sheet or an entry of an archive is called by both. */
export function nameOfFile({ name, reading }: SourceEntry): string {
  return reading.entry === undefined && reading.sheet === undefined ? name : (name.split('/')[0] ?? name)
}

/** Sources that are tables inside this file: sheets of a workbook, tables of a dump, files of an archive. */
export function partsOf(name: string, sources: readonly SourceEntry[]): readonly SourceEntry[] {
  return sources.filter(
    (source) => source.name.startsWith(`${name}/`) && (source.reading.entry !== undefined || source.reading.sheet !== undefined),
  )
}

/** The tables inside a container, hidden sheets left out; one nameless entry for a plain file. */
export async function tablesIn(file: File, job: Job): Promise<readonly (Member | null)[]> {
  if (!/\.(zip|xls[xm]|sql(\.gz)?)$/i.test(file.name)) return [null]
  job.show({ label: `Looking into ${file.name}`, done: 0, total: 0, unit: 'bytes' })
  const preview = await finish(jobs.look({ file, format: null, reading: {} }, job.signal))
  if (!job.stillHere()) throw new Cancelled()
  return preview.kind === 'several' ? preview.members.filter(({ hidden }) => !hidden) : [null]
}
