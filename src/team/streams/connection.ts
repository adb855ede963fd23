/** One socket of one person on one project: frames in, frames out, within the limits of their session. */
import {
  type ClientFrame,
  decodeClientFrame,
  encodeServerFrame,
  largestFrame,
  protocolVersion,
  type ServerFrame,
} from '../../core/team/frames.ts'
import type { Refusal } from '../../core/team/refusal.ts'
import { isSentByItself } from './by-itself.ts'
import type { Peer } from './follower.ts'
import { largestPresence, type SessionLimits } from './limits.ts'
import type { Who } from './people.ts'
import type { Outcome, Room, Seat } from './room.ts'

export interface ConnectionSettings {
  readonly connection: number
  readonly who: Who
  readonly room: Room
  readonly peer: Peer
  readonly limits: SessionLimits
  readonly now: () => number
  /** For the log of who looked at what. */
  readonly note: (act: string, object: string, outcome: string) => void
  /** Told when something of this person was stored: that is use of their session. What a page sends by itself is none. */
  readonly used: () => void
}

export class Connection {
  readonly #settings: ConnectionSettings
  readonly #seat: Seat
  readonly #noted = new Set<string>()

  constructor(settings: ConnectionSettings) {
    this.#settings = settings
    const { connection, who, peer, room } = settings
    this.#seat = { connection, who, peer, followed: new Map(), sending: Promise.resolve() }
    room.enter(this.#seat)
    peer.send(encodeServerFrame({ kind: 'welcome', version: protocolVersion, connection, person: who.id }))
  }

  async take(bytes: Uint8Array): Promise<void> {
    const { peer, room, limits, now, who } = this.#settings
    const reading = decodeClientFrame(bytes)
    if (!reading.ok) {
      peer.close(4400, reading.why)
      return
    }
    const { frame } = reading
    const tooLarge = sizeFault(frame, bytes.length)
    if (tooLarge !== null) {
      if ('number' in frame) this.#refuse(frame.number, { code: 'too-large', why: tooLarge, detail: '' })
      return
    }
    switch (frame.kind) {
      case 'append':
        if (!limits.mayAppend(bytes.length, now())) return this.#refuse(frame.number, waiting)
        return this.#answer(frame, await room.append(who, frame.stream, frame.body))
      case 'follow': {
        if (!limits.mayAppend(bytes.length, now())) return this.#refuse(frame.number, waiting)
        const refusal = await room.follow(this.#seat, frame.number, frame.stream, frame.from)
        if (refusal) return this.#refuse(frame.number, refusal)
        if (!this.#noted.has(frame.stream)) this.#settings.note('follow', frame.stream, 'ok')
        this.#noted.add(frame.stream)
        return
      }
      case 'leave':
        this.#seat.followed.delete(frame.stream)
        return
      case 'presence':
        if (limits.mayShow(now())) room.show(this.#seat, frame.stream, frame.body)
        return
      case 'ping':
        if (limits.mayShow(now())) peer.send(encodeServerFrame({ kind: 'pong', number: frame.number }))
    }
  }

  tell(frame: ServerFrame): void {
    this.#settings.peer.send(encodeServerFrame(frame))
  }

  end(): void {
    this.#settings.room.leave(this.#settings.connection)
  }

  #answer({ number, stream, body }: Extract<ClientFrame, { kind: 'append' }>, outcome: Outcome): void {
    if (outcome.ok) {
      if (!isSentByItself(stream, body)) this.#settings.used()
      this.#settings.peer.send(encodeServerFrame({ kind: 'saved', number, seq: outcome.seq }))
    } else {
      if (outcome.refusal.code === 'not-allowed') this.#settings.note('refused', `append ${stream}`, outcome.refusal.code)
      this.#refuse(number, outcome.refusal)
    }
  }

  #refuse(number: number, { code, why, detail }: Refusal): void {
    this.#settings.peer.send(encodeServerFrame({ kind: 'refused', number, code, why, detail }))
  }
}

const waiting: Refusal = {
  code: 'too-many',
  why: 'This session sends faster than the server takes. It is kept here and sent again in a moment.',
  detail: '',
}

function sizeFault(frame: ClientFrame, bytes: number): string | null {
  const most = frame.kind === 'presence' ? largestPresence : largestFrame
  return bytes <= most ? null : `This is too large: ${bytes} bytes, and ${most} are taken at once.`
}
