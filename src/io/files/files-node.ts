/** Files of a disk and folders as byte sources, for the command line. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ByteSource, bytesSource } from '../../core/operation.ts'

const passingBytes = 1 << 20

/** A file on disk as a source; `size` is what the file system said when it was opened. A pipe is read to its end first. */
export async function pathSource(path: string): Promise<ByteSource> {
  const status = await stat(path)
  if (!status.isFile() && !status.isDirectory())
    return bytesSource(path.replace(/^\/dev\/fd\//, 'pipe-').replace(/^.*\//, ''), await pipeBytes(path, createReadStream(path)))
  const { size } = status
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
