/** A file as a source whose digest is found by a worker of its own while this one reads: hashing takes as long as all checks together. */
import { digestSources } from '../src/core/digest.ts'
import { heldBytes } from '../src/core/file-hash.ts'
import { type ByteSource, Cancelled, finish, type StreamHash } from '../src/core/operation.ts'
import { blobSource } from '../src/io/files/files.ts'
import { OperationWorker } from './bridge.ts'
import digestUrl from './digest.worker.ts?worker&url'

const digests = new OperationWorker<readonly File[], never, readonly string[]>(digestUrl)

/** Small files are held and digested by the platform, which is cheaper than a second reading. */
export function hashedFile(file: File): ByteSource {
  const source = blobSource(file, file.name)
  return file.size <= heldBytes ? source : { ...source, hash: () => new DigestBeside(file) }
}

class DigestBeside implements StreamHash {
  private readonly stop = new AbortController()
  private readonly digests: Promise<readonly string[]>

  constructor(file: File) {
    const { signal } = this.stop
    this.digests = finish(digests.run([file], signal)).catch((error: unknown) => {
      if (error instanceof Cancelled) throw error
      // Where no second worker can be had, this one reads the file again.
      return finish(digestSources({ sources: [blobSource(file, file.name)] }, signal))
    })
    this.digests.catch(() => undefined)
  }

  update(): void {
    // The other worker reads the file itself: a file that changes meanwhile can be read by neither.
  }

  async digest(): Promise<string> {
    const [digest = ''] = await this.digests
    return digest.replace('sha256:', '')
  }

  close(): void {
    this.stop.abort()
  }
}
