/** Profiles of sources: made on demand, kept in memory only, because extremes and frequent values are those of patients. */

import { create } from 'zustand'
import type { JsonObject } from '../../../../core/data/model/record.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { ProfileResult } from '../../../../core/data/profile/profile.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { dayOfExtract } from '../../../../core/project/runs/run-input.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { isObject } from '../../../../core/values/json.ts'
import { actOrSay } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'

interface Made {
  readonly result: ProfileResult
  /** The file and the source as they were read. */
  readonly file: File
  readonly source: SourceEntry
}

const useProfiles = create<{ readonly made: ReadonlyMap<string, Made> }>()(() => ({ made: new Map() }))

/** The profile of a source and whether it is still about the file at hand; null where none was made. */
export function useProfile(source: SourceEntry): { readonly result: ProfileResult; readonly stale: boolean } | null {
  const made = useProfiles((state) => state.made.get(keyOf(source.id)))
  if (!made) return null
  const file = workspace().files.get(source.id)
  return { result: made.result, stale: made.file !== file || made.source.reading !== source.reading }
}

export async function profileSource(id: string): Promise<void> {
  const source = openProject().sources.find((each) => each.id === id)
  const file = workspace().files.get(id)
  if (!source || !file || workspace().running) return
  const label = `Profiling ${source.name}`
  const job = begin(label)
  const { side, format, table, reading, schema } = source
  const given = schema === null ? undefined : openProject().schemas.get(schema)
  const input = { file, side, format, table, reading, schema: isObject(given) ? given : null }
  setWorkspace({ problem: null })
  try {
    for await (const update of jobs.profile(
      { inputs: [input], asOf: dayOfExtract(openProject(), wallNow().slice(0, 10)) },
      job.signal,
    )) {
      if (update.kind === 'progress')
        job.show({
          label,
          done: update.done,
          total: update.total,
          unit: 'bytes',
          bytes: { done: update.done, total: update.total },
        })
      else if (update.kind === 'result' && job.stillHere())
        useProfiles.setState({
          made: new Map(useProfiles.getState().made).set(keyOf(id), { result: update.value, file, source }),
        })
    }
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem: error instanceof Cancelled ? 'The profile was cancelled.' : `The profile failed: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}

/** The Table Schema proposed for a source: the one resource of the suggested package. */
export function suggestedSchema({ suggested }: ProfileResult): JsonObject | null {
  const { resources } = suggested
  const [first] = Array.isArray(resources) ? resources : []
  const schema = isObject(first) ? first.schema : undefined
  return isObject(schema) ? schema : null
}

/** Adopts a schema for a source; the next check holds the file against it. */
export async function adoptSchema(source: SourceEntry, schema: JsonObject): Promise<void> {
  const path = source.schema ?? `schemas/${source.id}.json`
  const kept = await actOrSay((project) => ({
    ok: true,
    project: {
      ...project,
      schemas: new Map(project.schemas).set(path, JSON.parse(JSON.stringify(schema))),
      sources: project.sources.map((each) => (each.id === source.id ? { ...each, schema: path } : each)),
    },
  }))
  if (!kept) return
  setWorkspace({ done: `${path} holds the schema now. Check the files again to hold ${source.name} against it.` })
}

/** Ids of sources repeat between projects; what was seen in one is never shown in another. */
function keyOf(id: string): string {
  return `${workspace().project?.manifest.id ?? ''} ${id}`
}
