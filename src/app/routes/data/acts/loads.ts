/** This trial load beside the one before: compared on demand, the earlier files are read once and not kept. */

import { create } from 'zustand'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { LoadComparison } from '../../../../core/data/reconcile/loads/load-comparison.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { refusedHere } from '../../../session/policy.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'

export interface ComparedLoads {
  readonly result: LoadComparison
  /** Names of target files that had no file of the load before beside them. */
  readonly left: readonly string[]
}

const useCompared = create<{ readonly project: string | null; readonly compared: ComparedLoads | null }>()(() => ({
  project: null,
  compared: null,
}))

export function useLoadComparison(): ComparedLoads | null {
  const open = useWorkspace((w) => w.project?.manifest.id ?? null)
  const { project, compared } = useCompared()
  return project === open ? compared : null
}

/** The target source that a file of an earlier load was: of the same name, or the only one whose table its name holds, as in `Patient-2026-06.ndjson`. */
export function counterpart(name: string, target: readonly SourceEntry[]): SourceEntry | null {
  const same = target.find((source) => source.name === name)
  if (same) return same
  const words = new Set(name.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const held = target.filter(({ table }) => words.has(table.toLowerCase()))
  return held.length === 1 ? (held[0] ?? null) : null
}

/** @param before target files of the load before; each is read like the target file it was */
export async function compareWithLoad(before: readonly File[]): Promise<void> {
  if (before.length === 0 || workspace().running) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  const { sources, manifest } = openProject()
  const { files } = workspace()
  const target = sources.filter(({ side }) => side === 'target')
  const pairs = before.map((file) => ({ file, source: counterpart(file.name, target) }))
  const strangers = pairs.flatMap(({ file, source }) => (source ? [] : [file.name]))
  if (strangers.length > 0) {
    setWorkspace({
      problem: `${strangers.join(', ')}: no target file of this project belongs to it. Give the files of the load before the names they have now.`,
    })
    return
  }
  const met = new Set(pairs.map(({ source }) => source?.id))
  const left = target.filter(({ id }) => files.has(id) && !met.has(id)).map(({ name }) => name)
  const label = 'Comparing with the load before'
  const job = begin(label)
  setWorkspace({ problem: null })
  try {
    // A table without a file of the load before is not compared: its records are not "added".
    const after = target.flatMap(({ id, side, format, table, reading }) => {
      const file = met.has(id) ? files.get(id) : undefined
      return file ? [{ file, side, format, table, reading }] : []
    })
    const earlier = pairs.flatMap(({ file, source }) => {
      if (!source) return []
      const { side, format, table, reading } = source
      return [{ file, side, format, table, reading }]
    })
    for await (const update of jobs.compareLoads({ before: earlier, after }, job.signal))
      if (update.kind === 'progress') job.show({ label, done: update.done, total: update.total, unit: 'bytes' })
      else if (update.kind === 'result' && job.stillHere())
        useCompared.setState({ project: manifest.id, compared: { result: update.value, left } })
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem:
          error instanceof Cancelled
            ? 'The comparison of the loads was cancelled.'
            : `The loads could not be compared: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}
