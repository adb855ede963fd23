/**
 * Frames of `/team/<project>`, the same code on both ends of the socket. A frame is one binary message: its kind in the first byte, then its
 * members in the order written here. Texts and bytes have their length before them; numbers are LEB128. `src/team/README.md` says who sends what.
 */
import { BrokenFrame, FrameReader, FrameWriter } from './wire.ts'

/** Said in `welcome`; it grows when an old client would misread a frame. */
export const protocolVersion = 1

/** Most bytes of one frame, its head included. */
export const largestFrame = 1024 * 1024

/** What a client sends. `number` is chosen by the client and comes back in `saved`, `refused`, `current` or `pong`. */
export type ClientFrame =
  | { readonly kind: 'append'; readonly number: number; readonly stream: string; readonly body: Uint8Array }
  /** Items after `from` (0: all) and everything that comes. */
  | { readonly kind: 'follow'; readonly number: number; readonly stream: string; readonly from: number }
  | { readonly kind: 'leave'; readonly stream: string }
  /** Relayed to those who follow the stream, to everybody on the project where it is empty; never stored. */
  | { readonly kind: 'presence'; readonly stream: string; readonly body: Uint8Array }
  | { readonly kind: 'ping'; readonly number: number }

export interface StreamItem {
  /** From 1, without gaps. */
  readonly seq: number
  /** Id of the person who sent it. */
  readonly person: string
  /** Milliseconds since 1970 by the server's clock. */
  readonly at: number
  readonly body: Uint8Array
}

/** What the server sends. */
export type ServerFrame =
  /** First frame of every socket. `connection` names this socket in the presence that others see. */
  | { readonly kind: 'welcome'; readonly version: number; readonly connection: number; readonly person: string }
  /** On disk and stored: the only ground for showing "saved". `seq` is where the item stands in its stream. */
  | { readonly kind: 'saved'; readonly number: number; readonly seq: number }
  | { readonly kind: 'refused'; readonly number: number; readonly code: string; readonly why: string; readonly detail: string }
  | { readonly kind: 'items'; readonly stream: string; readonly items: readonly StreamItem[] }
  /** Answer to `follow`: all that was there has been sent, `last` is the last seq. */
  | { readonly kind: 'current'; readonly number: number; readonly stream: string; readonly last: number }
  | {
      readonly kind: 'presence'
      readonly stream: string
      readonly connection: number
      readonly person: string
      readonly body: Uint8Array
    }
  /** A socket of the project closed: its presence is over. */
  | { readonly kind: 'gone'; readonly connection: number }
  /** A signed note over the ledger, as soon as there is a new one. */
  | { readonly kind: 'checkpoint'; readonly note: string }
  | { readonly kind: 'pong'; readonly number: number }

export type Decoded<Frame> = { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly why: string }

/** 5 and 67 were summaries of streams: no server takes one, for it could leave out what others drew. */
const clientKinds = { append: 1, follow: 2, leave: 3, presence: 4, ping: 6 } as const
const serverKinds = {
  welcome: 64,
  saved: 65,
  refused: 66,
  items: 68,
  current: 69,
  presence: 70,
  gone: 71,
  checkpoint: 72,
  pong: 73,
} as const

export function encodeClientFrame(frame: ClientFrame): Uint8Array<ArrayBuffer> {
  const to = new FrameWriter(clientKinds[frame.kind])
  switch (frame.kind) {
    case 'append':
      return to.count(frame.number).text(frame.stream).bytes(frame.body).done()
    case 'follow':
      return to.count(frame.number).text(frame.stream).count(frame.from).done()
    case 'leave':
      return to.text(frame.stream).done()
    case 'presence':
      return to.text(frame.stream).bytes(frame.body).done()
    case 'ping':
      return to.count(frame.number).done()
  }
}

export function decodeClientFrame(bytes: Uint8Array): Decoded<ClientFrame> {
  return decoded(bytes, (from, kind): ClientFrame | null => {
    switch (kind) {
      case clientKinds.append:
        return { kind: 'append', number: from.count(), stream: from.text(), body: from.bytes() }
      case clientKinds.follow:
        return { kind: 'follow', number: from.count(), stream: from.text(), from: from.count() }
      case clientKinds.leave:
        return { kind: 'leave', stream: from.text() }
      case clientKinds.presence:
        return { kind: 'presence', stream: from.text(), body: from.bytes() }
      case clientKinds.ping:
        return { kind: 'ping', number: from.count() }
      default:
        return null
    }
  })
}

export function encodeServerFrame(frame: ServerFrame): Uint8Array<ArrayBuffer> {
  const to = new FrameWriter(serverKinds[frame.kind])
  switch (frame.kind) {
    case 'welcome':
      return to.count(frame.version).count(frame.connection).text(frame.person).done()
    case 'saved':
      return to.count(frame.number).count(frame.seq).done()
    case 'refused':
      return to.count(frame.number).text(frame.code).text(frame.why).text(frame.detail).done()
    case 'items': {
      to.text(frame.stream).count(frame.items.length)
      for (const { seq, person, at, body } of frame.items) to.count(seq).text(person).count(at).bytes(body)
      return to.done()
    }
    case 'current':
      return to.count(frame.number).text(frame.stream).count(frame.last).done()
    case 'presence':
      return to.text(frame.stream).count(frame.connection).text(frame.person).bytes(frame.body).done()
    case 'gone':
      return to.count(frame.connection).done()
    case 'checkpoint':
      return to.text(frame.note).done()
    case 'pong':
      return to.count(frame.number).done()
  }
}

export function decodeServerFrame(bytes: Uint8Array): Decoded<ServerFrame> {
  return decoded(bytes, (from, kind): ServerFrame | null => {
    switch (kind) {
      case serverKinds.welcome:
        return { kind: 'welcome', version: from.count(), connection: from.count(), person: from.text() }
      case serverKinds.saved:
        return { kind: 'saved', number: from.count(), seq: from.count() }
      case serverKinds.refused:
        return { kind: 'refused', number: from.count(), code: from.text(), why: from.text(), detail: from.text() }
      case serverKinds.items: {
        const stream = from.text()
        const items: StreamItem[] = []
        // The list grows by what is read, so that a wrong count takes no memory.
        for (let rest = from.count(); rest > 0; rest--)
          items.push({ seq: from.count(), person: from.text(), at: from.count(), body: from.bytes() })
        return { kind: 'items', stream, items }
      }
      case serverKinds.current:
        return { kind: 'current', number: from.count(), stream: from.text(), last: from.count() }
      case serverKinds.presence:
        return { kind: 'presence', stream: from.text(), connection: from.count(), person: from.text(), body: from.bytes() }
      case serverKinds.gone:
        return { kind: 'gone', connection: from.count() }
      case serverKinds.checkpoint:
        return { kind: 'checkpoint', note: from.text() }
      case serverKinds.pong:
        return { kind: 'pong', number: from.count() }
      default:
        return null
    }
  })
}

function decoded<Frame>(bytes: Uint8Array, read: (from: FrameReader, kind: number) => Frame | null): Decoded<Frame> {
  try {
    const from = new FrameReader(bytes)
    const kind = from.kind()
    const frame = read(from, kind)
    if (frame === null) return { ok: false, why: `This frame can not be read: ${kind} is no kind of frame that is known here.` }
    from.end()
    return { ok: true, frame }
  } catch (error) {
    if (error instanceof BrokenFrame) return { ok: false, why: `This frame can not be read: ${error.message}.` }
    throw error
  }
}
