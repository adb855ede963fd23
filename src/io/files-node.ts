/** Files of a disk and folders as byte sources, for the command line. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ByteSource } from '../core/operation.ts'

/** A file on disk as a source; `size` is what the file system said when it was opened. */
export async function pathSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  return {
    name: basename(path),
    size,
    hash() {
      const hash = createHash('sha256')
      return {
        update(bytes) {
          hash.update(bytes)
        },
        digest: async () => hash.digest('hex'),
      }
    },
    async *stream(from = 0, to = size) {
      if (to <= from) return
      yield* createReadStream(path, { start: from, end: to - 1, highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>
    },
  }
}

/** All of standard input, held in memory up to `limit` bytes: a pipe can not be read twice. */
export async function stdinBytes(limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    total += chunk.length
    if (total > limit)
      throw new Error(`Standard input is longer than ${limit} bytes. Save it to a file and name the file instead.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Paths named on a command line, in a stable order: a folder gives its files (not those that begin with a dot),
 * `*` and `?` match inside one folder, as a shell would. A name that matches nothing is given back in `missing`.
 */
export async function expandPaths(inputs: readonly string[]): Promise<{ paths: string[]; missing: string[] }> {
  const paths: string[] = []
  const missing: string[] = []
  for (const input of inputs) {
    const found = await expandOne(input)
    if (found.length === 0) missing.push(input)
    paths.push(...found)
  }
  return { paths, missing }
}

async function expandOne(input: string): Promise<string[]> {
  const status = await stat(input).catch(() => null)
  if (status?.isFile()) return [input]
  if (status?.isDirectory()) return listFiles(input, () => true)
  const pattern = basename(input)
  if (!/[*?]/.test(pattern)) return []
  const expression = new RegExp(`^${[...pattern].map(globPart).join('')}$`)
  return listFiles(dirname(input), (name) => expression.test(name)).catch(() => [])
}

function globPart(char: string): string {
  if (char === '*') return '.*'
  if (char === '?') return '.'
  return char.replace(/[\\^$.|+()[\]{}]/, '\\$&')
}

async function listFiles(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && wanted(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort()
}
