/** Holds the documents that a table names against the files of a folder. */

import type { PairSource } from '../src/core/data/crosswalk/plan/sides.ts'
import { checkDocuments, type DocumentsInput } from '../src/core/data/reconcile/loads/check-documents.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Input = Omit<DocumentsInput, 'index' | 'files'> & {
  readonly index: Sent<PairSource>
  readonly files: readonly { readonly file: File; readonly path: string }[]
}

serve(({ index: { file, ...one }, files, column }: Input, signal) => {
  const opened = files.map((each) => blobSource(each.file, each.path))
  return checkDocuments({ index: { ...one, source: blobSource(file, file.name) }, column, files: opened }, signal)
})
