/** How the files at hand would be read: looked at before all of them is read, again whenever somebody chooses otherwise. */

import { create } from 'zustand'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { SourcePreview } from '../../../../core/data/read/preview.ts'
import { Cancelled, finish } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { openProject, workspace } from '../../../session/state.ts'

/** What is known of one source; `looking` while it is being looked at. Rows in it are those of patients: kept in memory only. */
export interface Look {
  readonly preview: SourcePreview | null
  readonly looking: boolean
  readonly problem: string | null
  /** The source as it was when it was looked at. */
  readonly source: SourceEntry | null
}

interface Looks {
  readonly looks: ReadonlyMap<string, Look>
  /** Sources that were just added and whose reading nobody has looked at. */
  readonly added: readonly string[]
}

const useLooks = create<Looks>()(() => ({ looks: new Map(), added: [] }))

export function useLook(id: string): Look | null {
  return useLooks(({ looks }) => looks.get(keyOf(id)) ?? null)
}

export function useAdded(): readonly string[] {
  return useLooks(({ added }) => added)
}

/** Shows how these sources would be read. */
export function showReading(ids: readonly string[]): void {
  useLooks.setState({ added: ids })
}

export function closeReading(): void {
  useLooks.setState({ added: [] })
}

/** Looks at the beginning of a source. An earlier look that is no longer wanted gives way. */
export async function lookAt(id: string): Promise<void> {
  const source = openProject().sources.find((each) => each.id === id)
  const file = workspace().files.get(id)
  const before = useLooks.getState().looks.get(keyOf(id))
  if (!source || !file || (before?.source === source && before.problem === null)) return
  keep(id, { preview: before?.preview ?? null, looking: true, problem: null, source })
  const job = begin('Looking at a file')
  try {
    const preview = await finish(jobs.look({ file, format: source.format, reading: source.reading }, job.signal))
    if (wanted(id, source)) keep(id, { preview, looking: false, problem: null, source })
  } catch (error) {
    const why = error instanceof Cancelled ? 'Looking was cancelled.' : errorWords(error)
    if (wanted(id, source)) keep(id, { preview: null, looking: false, problem: why, source: null })
  } finally {
    job.end()
  }
}

function wanted(id: string, source: SourceEntry): boolean {
  return useLooks.getState().looks.get(keyOf(id))?.source === source
}

function keep(id: string, look: Look): void {
  useLooks.setState({ looks: new Map(useLooks.getState().looks).set(keyOf(id), look) })
}

/** Ids of sources repeat between projects; what was seen in one is never shown in another. */
function keyOf(id: string): string {
  return `${workspace().project?.manifest.id ?? ''} ${id}`
}
