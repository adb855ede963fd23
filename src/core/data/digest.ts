/** SHA-256 of files of any size, read once from front to back. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type ByteSource, stopIfAborted, type Update } from '../operation.ts'

/** `sha256:…` of each source, in order. */
export async function* digestSources(
  input: { readonly sources: readonly ByteSource[] },
  signal: AbortSignal,
): AsyncGenerator<Update<never, readonly string[]>> {
  const total = input.sources.reduce((sum, source) => sum + source.size, 0)
  const digests: string[] = []
  let done = 0
  for (const source of input.sources) {
    const hash = sha256.create()
    for await (const bytes of source.stream()) {
      stopIfAborted(signal)
      hash.update(bytes)
      done += bytes.length
      yield { kind: 'progress', done, total, unit: 'bytes', label: `Recognising ${source.name}` }
    }
    digests.push(`sha256:${bytesToHex(hash.digest())}`)
  }
  yield { kind: 'result', value: digests }
}
