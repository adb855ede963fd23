/** Files of a disk and folders as byte sources, for the command line. */
import { createHash } from 'node:crypto'
import { type BigIntStats, createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { digestBlock } from '../../core/file-hash.ts'
import { type ByteSource, bytesSource, type StreamHash, UnreadableSource } from '../../core/operation.ts'
import { errorWords } from '../../core/values/error-words.ts'

const passingBytes = 1 << 20

/**
 * A file on disk as a source; `size` is what the file system said when it was opened. A pipe is read to its end first.
 * Its streams throw `UnreadableSource` where the disk fails, or where the file is no longer the one that was opened:
 * what was read then never was one file.
 */
export async function pathSource(path: string): Promise<ByteSource> {
  const status = await stat(path, { bigint: true })
  if (!status.isFile() && !status.isDirectory())
    return bytesSource(path.replace(/^\/dev\/fd\//, 'pipe-').replace(/^.*\//, ''), await pipeBytes(path, createReadStream(path)))
  const size = Number(status.size)
  const name = basename(path)
  const whole = (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
    toTheEnd(name, chunks, async () => sameFile(status, await stat(path, { bigint: true })))
  const source: ByteSource = {
    name,
    size,
    // Copies that keep their times, such as those of cp -p and rsync -t, are in the same state.
    version: String(status.mtimeMs),
    hash: () => nodeHash(size),
    async *stream(from = 0, to = size) {
      if (to > from) yield* whole(createReadStream(path, { start: from, end: to - 1, highWaterMark: 1 << 20 }))
    },
    passing: (from = 0, to = size) => whole(passing(path, from, to)),
  }
  paths.set(source, path)
  return source
}

/** SHA-256 of a file of so many bytes, with that of its blocks where it has several. */
export function nodeHash(size: number): StreamHash {
  return size <= digestBlock ? plainHash() : blockHash()
}

function plainHash(): StreamHash {
  const hash = createHash('sha256')
  return {
    update(bytes) {
      hash.update(bytes)
    },
    digest: async () => hash.digest('hex'),
  }
}

/** Digests the whole and each block of it. */
export function blockHash(blockBytes: number = digestBlock): Required<Omit<StreamHash, 'close'>> {
  const whole = createHash('sha256')
  const list = createHash('sha256')
  let block = createHash('sha256')
  let room = blockBytes
  return {
    update(bytes) {
      whole.update(bytes)
      for (let at = 0; at < bytes.length; ) {
        if (room === 0) {
          list.update(block.digest())
          block = createHash('sha256')
          room = blockBytes
        }
        const part = bytes.subarray(at, at + room)
        block.update(part)
        at += part.length
        room -= part.length
      }
    },
    digest: async () => whole.digest('hex'),
    blocks: async () => list.update(block.digest()).digest('hex'),
  }
}

/** A write in place, a shorter file and another file under the name all leave a trace here. */
const sameFile = (before: BigIntStats, now: BigIntStats): boolean =>
  before.ino === now.ino && before.size === now.size && before.mtimeNs === now.mtimeNs

/** The chunks; a reader that comes to their end is told where they do not belong together. */
async function* toTheEnd(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  unchanged: () => Promise<boolean>,
): AsyncGenerator<Uint8Array> {
  let same: boolean
  try {
    yield* chunks
    same = await unchanged()
  } catch (error) {
    throw new UnreadableSource(`${name} could not be read to its end: ${errorWords(error)}`)
  }
  if (!same) throw new UnreadableSource(`${name} changed while it was read. Run this again when nothing writes to the file.`)
}

const paths = new WeakMap<ByteSource, string>()

/** Where a source of `pathSource` lies on the disk, so that other threads can read it, too; null for all others. */
export function pathOf(source: ByteSource): string | null {
  return paths.get(source) ?? null
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

/** Most bytes of a pipe that are held; what is longer has to be a file. */
const longestPipe = 1 << 30

/** All of a pipe or of standard input, held in memory: a pipe can not be read twice. */
export async function pipeBytes(name: string, chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.length
    if (total > longestPipe)
      throw new Error(`${name} is longer than ${longestPipe / 2 ** 30} GB. Save it to a file and name the file instead.`)
    kept.push(chunk)
  }
  return Buffer.concat(kept)
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
