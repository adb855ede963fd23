/** Files of a disk and folders as byte sources, for the command line. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ByteSource } from '../core/operation.ts'

const passingBytes = 1 << 20

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
    passing: (from = 0) => passing(path, from, size),
  }
}

/** Reads ahead into one buffer while the other is looked at. */
async function* passing(path: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  if (to <= from) return
  const file = await open(path)
  let ahead: Promise<Uint8Array> | null = null
  try {
    let at = from
    const read = async (buffer: Uint8Array): Promise<Uint8Array> => {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at)
      at += bytesRead
      return buffer.subarray(0, bytesRead)
    }
    const buffers = [new Uint8Array(passingBytes), new Uint8Array(passingBytes)] as const
    ahead = read(buffers[0])
    for (let turn = 1; ; turn++) {
      const chunk = await ahead
      ahead = null
      if (chunk.length === 0) return
      if (at < to) ahead = read(buffers[turn % 2 === 0 ? 0 : 1])
      // A failure is told when the chunk is asked for, not while the one before is looked at.
      ahead?.catch(() => undefined)
      yield chunk
      if (ahead === null) return
    }
  } finally {
    // A buffer that is still being filled must not outlive its file.
    await ahead?.catch(() => undefined)
    await file.close()
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

/** What a bulk export remembers of itself lies beside its files and is no data. */
const notData: ReadonlySet<string> = new Set(['export-job.json'])
/** What people put beside data in a folder; a file that is named itself is taken whatever it is called. */
const aboutData =
  /^(license|licence|readme|copying|notice|changelog|authors|contributing)(\.(txt|md|rst|html?|pdf))?$|\.(md|rst|pdf|docx?|html?|png|jpe?g|gif|svg|exe)$/i

/**
 * Paths named on a command line, in a stable order: a folder gives its files (not those that begin with a dot),
 * `*` and `?` match inside one folder, as a shell would. A name that matches nothing is given back in `missing`,
 * papers and pictures beside the data of a folder in `passedOver`.
 */
export async function expandPaths(
  inputs: readonly string[],
): Promise<{ paths: string[]; missing: string[]; passedOver: string[] }> {
  const paths: string[] = []
  const passedOver: string[] = []
  const missing: string[] = []
  for (const input of inputs) {
    const all = await expandOne(input)
    const isFolder = (await stat(input).catch(() => null))?.isDirectory() === true
    const found = isFolder ? all.filter((path) => !aboutData.test(basename(path))) : all
    passedOver.push(...all.filter((path) => !found.includes(path)))
    if (found.length === 0) missing.push(input)
    paths.push(...found)
  }
  return { paths, missing, passedOver }
}

async function expandOne(input: string): Promise<string[]> {
  const status = await stat(input).catch(() => null)
  if (status?.isFile()) return [input]
  if (status?.isDirectory()) return listFiles(input, (name) => !notData.has(name))
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

/** Paths of all files below a folder, relative to it and with `/`, hidden ones and links left out; null where it is no folder. */
export async function filesBelow(folder: string): Promise<string[] | null> {
  if ((await stat(folder).catch(() => null))?.isDirectory() !== true) return null
  const found: string[] = []
  const waiting = ['']
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const entry of await readdir(join(folder, at), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) waiting.push(path)
      else if (entry.isFile()) found.push(path)
    }
  return found.sort()
}
