/** Fetches what the build computed of the sample clinic; a host without it has the sample generated and checked here. */
import type { PreparedFile, PreparedIndex } from '../../../samples/riverside/prepared.ts'
import type { FinishedFile } from '../../../samples/riverside/project.ts'
import { stopIfAborted } from '../../core/operation.ts'
import { cloneableFrom } from '../../core/values/cloneable-text.ts'
import type { PreparedAnswers } from '../session/prepared.ts'

declare const __VERSION__: string

export interface PreparedSample {
  readonly data: readonly FinishedFile[]
  /** By path in the project. */
  readonly files: ReadonlyMap<string, Blob>
  /** Hex SHA-256 of the data files by path. */
  readonly digests: ReadonlyMap<string, string>
  readonly answers: PreparedAnswers
}

const folder = 'sample/'

/** Null where this host offers none of this version, or one of its files is not what the index says. */
export async function fetchPrepared(signal: AbortSignal): Promise<PreparedSample | null> {
  try {
    const answer = await fetch(`${folder}index.json`, { signal })
    if (!answer.ok) return null
    const index = (await answer.json()) as PreparedIndex
    if (index.version !== __VERSION__) return null
    const coming = new Map(
      index.answers.map(({ key, ...file }) => [
        key,
        fetched(file, file.path, signal)
          .then((one) => one.text())
          .then(cloneableFrom),
      ]),
    )
    for (const one of coming.values()) one.catch(() => undefined)
    const files = await Promise.all(
      index.files.map(
        async (file) => [file.path, await fetched(file, `files/${file.path}`, signal).then((one) => one.blob())] as const,
      ),
    )
    return {
      data: index.data,
      files: new Map(files),
      digests: new Map(index.data.map(({ path, sha256 }) => [path, sha256])),
      answers: (key) => coming.get(key) ?? null,
    }
  } catch {
    stopIfAborted(signal)
    return null
  }
}

/** The browser compares the bytes with their digest. */
async function fetched({ sha256 }: PreparedFile, path: string, signal: AbortSignal): Promise<Response> {
  const digest = btoa(String.fromCharCode(...(sha256.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))))
  const answer = await fetch(`${folder}${path}`, { signal, integrity: `sha256-${digest}` })
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer
}
