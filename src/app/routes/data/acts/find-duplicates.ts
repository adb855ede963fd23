/** Probable duplicate patients of one file: looked for on demand, kept in memory only; a person decides, nothing merges by itself. */

import { create } from 'zustand'
import { mergesOf } from '../../../../core/data/linkage/decisions.ts'
import type { LinkCluster, LinkResult } from '../../../../core/data/linkage/linkage-types.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { withPairSearch } from '../../../../core/readiness/kept-files/pair-search.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { actOrSay } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'
import { explain } from './reconcile.ts'

interface Found {
  readonly result: LinkResult
  readonly source: SourceEntry
  readonly file: File
}

const useFound = create<{
  readonly project: string | null
  readonly found: Found | null
  readonly decided: ReadonlySet<LinkCluster>
}>()(() => ({ project: null, found: null, decided: new Set() }))

export function useDuplicates() {
  const open = useWorkspace((w) => w.project?.manifest.id ?? null)
  const files = useWorkspace((w) => w.files)
  const { project, found, decided } = useFound()
  const own = project === open ? found : null
  return { found: own, decided, stale: own !== null && files.get(own.source.id) !== own.file }
}

export async function findDuplicates(id: string): Promise<void> {
  const project = openProject()
  const source = project.sources.find((each) => each.id === id)
  const file = workspace().files.get(id)
  if (!source || !file || workspace().running) return
  const label = `Looking for duplicate patients in ${source.name}`
  const job = begin(label)
  setWorkspace({ problem: null })
  try {
    const { format, table, reading } = source
    for await (const update of jobs.link({ inputs: [{ file, format, table, reading }], seed: '1' }, job.signal))
      if (update.kind === 'progress') {
        const unit = update.unit === 'bytes' ? 'bytes' : 'records'
        job.show({ label: update.label, done: update.done, total: update.total, unit })
      } else if (update.kind === 'result' && job.stillHere()) {
        useFound.setState({ project: project.manifest.id, found: { result: update.value, source, file }, decided: new Set() })
        await keepSearch(source, update.value)
      }
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem:
          error instanceof Cancelled
            ? 'The search for duplicate patients was cancelled.'
            : `The search for duplicate patients failed: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}

/** Keeps what the search counted in the new system, so that the board may rest on it; a search by nobody is shown and not kept. */
async function keepSearch(source: SourceEntry, { records, pairsCompared, clusters }: LinkResult): Promise<void> {
  const counts = { records, pairs: pairsCompared, groups: clusters.length }
  if (source.side !== 'target') return
  if (workspace().person === null)
    return setWorkspace({ done: 'This search is not kept: say who works here and look again, then the board counts it.' })
  await actOrSay((held, by) => ({ ok: true, project: withPairSearch(held, source, counts, by) }))
}

/** Keeps a person's decision that these records are one patient; the next reconciliation counts them as merged. */
export async function joinCluster(cluster: LinkCluster, survivor: number, reason: string, by: string): Promise<void> {
  const { found, decided } = useFound.getState()
  if (!found) return
  if (!(await explain(mergesOf(cluster, () => found.source.table, { survivor, reason, by })))) return
  useFound.setState({ decided: new Set(decided).add(cluster) })
  setWorkspace({ done: 'Kept with reason and name. Run the reconciliation again to count the merge.' })
}
