/** SHA-256 of chosen files, to recognise the sources of a project, and beside the checks of a long file. */
import { digestSources } from '../src/core/digest.ts'
import { heldBytes } from '../src/core/file-hash.ts'
import { blobSource } from '../src/io/files/files.ts'
import { compiledHash } from '../src/io/files/hash-browser.ts'
import { serve } from './bridge.ts'

const compiled = compiledHash()

serve(async function* (files: readonly File[], signal) {
  const hash = await compiled
  const sources = files.map((file) => blobSource(file, file.name))
  yield* digestSources({ sources: sources.map((one) => (hash && one.size > heldBytes ? { ...one, hash } : one)) }, signal)
})
