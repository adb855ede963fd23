/** One stream as one socket follows it: first what is stored, then what comes, each item once and in order. */

import { utf8 } from '../../core/canonical.ts'
import { encodeServerFrame, type StreamItem } from '../../core/team/frames.ts'
import { bytesIn, countIn, type Database, type Row, textIn } from '../store/database.ts'

/** The other end of a socket. */
export interface Peer {
  send(bytes: Uint8Array<ArrayBuffer>): void
  close(code: number, reason: string): void
  /** Bytes that wait to be sent. */
  waiting(): number
  readonly isOpen: boolean
}

/** Above this the reader waits for the network. */
const mostWaiting = 4 * 1024 * 1024
/** Above this the other end is taken for gone. */
export const tooMuchWaiting = 32 * 1024 * 1024

const page = 500
/** Bytes after which a page of items ends. */
const pageBytes = 4 * 1024 * 1024

export class Follower {
  readonly #peer: Peer
  readonly #stream: string
  #sent: number
  #isLive = false

  constructor(peer: Peer, stream: string, from: number) {
    this.#peer = peer
    this.#stream = stream
    this.#sent = from
  }

  /** New items; before the stored ones are sent they are left to the reader of those. */
  take(items: readonly StreamItem[], encoded: Uint8Array<ArrayBuffer>): void {
    if (!this.#isLive) return
    const [first] = items
    const last = items.at(-1)
    if (!first || !last || last.seq <= this.#sent) return
    const fresh = items.filter(({ seq }) => seq > this.#sent)
    this.#sent = last.seq
    this.#peer.send(
      fresh.length === items.length ? encoded : encodeServerFrame({ kind: 'items', stream: this.#stream, items: fresh }),
    )
  }

  /** `isWanted`: the socket still follows the stream by this follower. */
  async catchUp(database: Database, project: string, last: () => number, isWanted: () => boolean): Promise<void> {
    // In the turn in which nothing is missing the follower is live: nothing can come in between.
    while (this.#sent < last() && this.#peer.isOpen && isWanted()) {
      const items = await readItems(database, project, this.#stream, this.#sent, page)
      const end = items.at(-1)
      if (!end) break
      this.#sent = end.seq
      for (const part of partsOf(items)) this.#peer.send(encodeServerFrame({ kind: 'items', stream: this.#stream, items: part }))
      while (this.#peer.waiting() > mostWaiting && this.#peer.isOpen) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.#isLive = true
  }
}

/** Items after `from`, at most `limit` of them and about 4 MiB; empty where there are no more. */
export async function readItems(
  database: Database,
  project: string,
  stream: string,
  from: number,
  limit: number,
): Promise<readonly StreamItem[]> {
  if (stream === 'ledger')
    return (await database.query(project, 'entries-page', [project, from, limit, pageBytes])).map((row) =>
      itemOf(row, utf8(`${textIn(row, 'line')}\n`)),
    )
  return (await database.query(project, 'items-after', [project, stream, from, limit, pageBytes])).map((row) =>
    itemOf(row, bytesIn(row, 'body')),
  )
}

function itemOf(row: Row, body: Uint8Array): StreamItem {
  return { seq: countIn(row, 'seq'), person: textIn(row, 'person'), at: countIn(row, 'at'), body }
}

/** Lists of about half a frame each. */
function* partsOf(items: readonly StreamItem[]): Generator<readonly StreamItem[]> {
  let part: StreamItem[] = []
  let bytes = 0
  for (const item of items) {
    if (part.length > 0 && bytes + item.body.length > 512 * 1024) {
      yield part
      part = []
      bytes = 0
    }
    part.push(item)
    bytes += item.body.length + 64
  }
  if (part.length > 0) yield part
}
