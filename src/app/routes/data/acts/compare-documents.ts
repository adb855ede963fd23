/** Documents and scans that a legacy table names, held against a folder: looked for on demand, the files are read once and not kept. */

import { create } from 'zustand'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { DocumentsResult } from '../../../../core/data/reconcile/loads/check-documents.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { refusedHere } from '../../../session/policy.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'

interface CheckedDocuments {
  readonly result: DocumentsResult
  readonly source: SourceEntry
  readonly file: File
  readonly column: string
  /** Paths of the files below the chosen folder, by their number in the result. */
  readonly paths: readonly string[]
}

const useChecked = create<{ readonly project: string | null; readonly checked: CheckedDocuments | null }>()(() => ({
  project: null,
  checked: null,
}))

export function useDocuments(): { readonly checked: CheckedDocuments | null; readonly stale: boolean } {
  const open = useWorkspace((w) => w.project?.manifest.id ?? null)
  const files = useWorkspace((w) => w.files)
  const { project, checked } = useChecked()
  const own = project === open ? checked : null
  return { checked: own, stale: own !== null && files.get(own.source.id) !== own.file }
}

/** @param column of the source, holds the name of a file, with or without folders before it */
export async function findDocuments(id: string, column: string, folder: readonly File[]): Promise<void> {
  if (folder.length === 0 || workspace().running) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  const { sources, manifest } = openProject()
  const source = sources.find((each) => each.id === id)
  const file = workspace().files.get(id)
  if (!source || !file) return
  const paths = folder.map((each) => each.webkitRelativePath || each.name)
  const label = 'Looking for the documents'
  const job = begin(label)
  setWorkspace({ problem: null })
  try {
    const { side, format, table, reading } = source
    const input = {
      index: { file, side, format, table, reading },
      column,
      files: folder.map((each, i) => ({ file: each, path: paths[i] ?? each.name })),
    }
    for await (const update of jobs.checkDocuments(input, job.signal))
      if (update.kind === 'progress') job.show({ label: update.label, done: update.done, total: update.total, unit: 'bytes' })
      else if (update.kind === 'result' && job.stillHere())
        useChecked.setState({ project: manifest.id, checked: { result: update.value, source, file, column, paths } })
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem:
          error instanceof Cancelled
            ? 'The search for documents was cancelled.'
            : `The documents could not be looked for: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}
