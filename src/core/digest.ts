/** SHA-256 of files of any size, read once from front to back. */

import { hashOf } from './file-hash.ts'
import { type ByteSource, progressBytes, stopIfAborted, type Update } from './operation.ts'

/** `sha256:…` of each source, in order. */
export async function* digestSources(
  input: { readonly sources: readonly ByteSource[] },
  signal: AbortSignal,
): AsyncGenerator<Update<never, readonly string[]>> {
  const total = input.sources.reduce((sum, source) => sum + source.size, 0)
  const digests: string[] = []
  let done = 0
  let told = 0
  for (const source of input.sources) {
    const hash = hashOf(source)
    for await (const bytes of source.passing?.() ?? source.stream()) {
      stopIfAborted(signal)
      hash.update(bytes)
      done += bytes.length
      if (done < total && done - told < 16 * progressBytes) continue
      told = done
      yield { kind: 'progress', done, total, unit: 'bytes', label: `Recognising ${source.name}` }
    }
    digests.push(`sha256:${await hash.digest()}`)
  }
  yield { kind: 'result', value: digests }
}
