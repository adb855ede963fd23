/**
 * The socket of one project, held open: it connects again by itself, goes on where it was, and sends again what was not answered. An append is
 * done when the server says so, however often the line broke meanwhile.
 */
import {
  type ClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  protocolVersion,
  type StreamItem,
} from '../../core/team/frames.ts'
import { mayPass, type Refusal } from '../../core/team/refusal.ts'

export type Line =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly connection: number; readonly person: string }
  /** Tried again at `tryAt` (milliseconds since 1970). */
  | { readonly kind: 'offline'; readonly tryAt: number }
  /** Nothing is tried any more before `tryNow`. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'no-member' }
  | { readonly kind: 'stopped'; readonly why: string }

/** What the server says of this browser, where a socket did not open. */
export type Standing = 'here' | 'signed-out' | 'no-member' | 'unreachable'

export interface Socket {
  send(bytes: Uint8Array<ArrayBuffer>): void
  close(): void
}

export interface SocketEvents {
  opened(): void
  heard(bytes: Uint8Array): void
  /** Called once, also where it never opened. */
  closed(code: number): void
}

export interface ConnectionSettings {
  readonly open: (events: SocketEvents) => Socket
  readonly standing: () => Promise<Standing>
  readonly changed: (line: Line) => void
  /** Somebody's presence; null when their socket is gone. */
  readonly present: (connection: number, person: string, body: Uint8Array | null) => void
  readonly checkpoint?: (note: string) => void
  /** Milliseconds before the first new try; doubled up to `longestPause`. */
  readonly firstPause?: number
  /** Milliseconds that a socket has to say its first word. */
  readonly patience?: number
}

export type Outcome =
  | { readonly ok: true; readonly seq: number; readonly at: number }
  /** `closed`: this end let go before an answer came; what was sent may be stored or not. */
  | { readonly ok: false; readonly refusal: Refusal }

const unsent: Outcome = { ok: false, refusal: { code: 'unsent', why: 'The line broke before the server answered.', detail: '' } }

export interface Follower {
  /** In order and without gaps. */
  items(items: readonly StreamItem[]): void
  /** All that the server has was given; called after each connecting. */
  current(last: number): void
}

interface Pending {
  readonly stream: string
  readonly body: Uint8Array
  /** Given up where the line breaks before the answer: whoever sent it makes it anew. */
  readonly once: boolean
  readonly done: (outcome: Outcome) => void
  tries: number
  isSent: boolean
}

interface Followed {
  last: number
  /** Where items were missing the last time; a server that leaves them out twice is not believed. */
  missedAt: number
  readonly follower: Follower
}

const longestPause = 30_000
/** So many appends are under way at once; the rest waits its turn. */
const mostUnderWay = 32
const pingEvery = 15_000
/** A line on which nothing came for so long is taken for dead. */
const silence = 40_000
/** A socket that says nothing for so long after it was asked for is given up: a network may swallow it without a word. */
const patience = 20_000

export class Connection {
  readonly #settings: ConnectionSettings
  readonly #pending = new Map<number, Pending>()
  readonly #followed = new Map<string, Followed>()
  #socket: Socket | null = null
  #line: Line = { kind: 'connecting' }
  #number = 0
  #failures = 0
  #heardAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #pinging: ReturnType<typeof setInterval> | undefined
  #isOver = false

  constructor(settings: ConnectionSettings) {
    this.#settings = settings
    this.#connect()
  }

  get line(): Line {
    return this.#line
  }

  /** Items that were not answered yet. */
  get waiting(): number {
    return this.#pending.size
  }

  /**
   * Resolves when the server has stored it or refused it for good; what may pass is tried again. With `once` nothing is tried again, and
   * nothing waits for a line: it is `unsent` then, and may be stored all the same.
   */
  append(stream: string, body: Uint8Array, { once = false }: { readonly once?: boolean } = {}): Promise<Outcome> {
    if (once && this.#line.kind !== 'open') return Promise.resolve(unsent)
    return new Promise((done) => {
      this.#pending.set(this.#next(), { stream, body, once, done, tries: 0, isSent: false })
      this.#sendPending()
    })
  }

  /** @param from the last item that is known here; 0 for none */
  follow(stream: string, from: number, follower: Follower): void {
    if (this.#followed.has(stream)) return
    this.#followed.set(stream, { last: from, missedAt: -1, follower })
    this.#send({ kind: 'follow', number: this.#next(), stream, from })
  }

  follows(stream: string): boolean {
    return this.#followed.has(stream)
  }

  /** Lost where nobody is connected: presence is never kept. */
  show(stream: string, body: Uint8Array): void {
    this.#send({ kind: 'presence', stream, body })
  }

  tryNow(): void {
    if (this.#isOver || this.#line.kind === 'open' || this.#line.kind === 'connecting' || this.#line.kind === 'stopped') return
    this.#failures = 0
    this.#connect()
  }

  /** Nothing is sent any more, and nobody waits for an answer that can not come. */
  close(): void {
    this.#isOver = true
    this.#letGoOfSocket()
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { done } of waiting) done({ ok: false, refusal: { code: 'closed', why: 'The project was left.', detail: '' } })
  }

  /** The server showed what can not be true; the sentence says what to do. */
  stop(why: string): void {
    if (this.#isOver) return
    this.#letGoOfSocket()
    this.#unsend()
    this.#set({ kind: 'stopped', why })
  }

  #unsend(): void {
    for (const [number, each] of this.#pending) {
      each.isSent = false
      if (each.once) this.#answer(number, unsent)
    }
  }

  #letGoOfSocket(): void {
    const socket = this.#socket
    this.#socket = null
    clearTimeout(this.#timer)
    clearInterval(this.#pinging)
    socket?.close()
  }

  #next(): number {
    this.#number++
    return this.#number
  }

  #connect(): void {
    clearTimeout(this.#timer)
    this.#set({ kind: 'connecting' })
    let isOpen = false
    let socket: Socket | null = null
    const isThis = (): boolean => !this.#isOver && socket !== null && this.#socket === socket
    try {
      socket = this.#settings.open({
        opened: () => {
          isOpen = true
        },
        heard: (bytes) => {
          if (isThis()) this.#hear(bytes)
        },
        closed: (code) => {
          if (isThis()) this.#lost(code, isOpen)
        },
      })
      this.#socket = socket
    } catch {
      this.#lost(1006, false)
      return
    }
    this.#timer = setTimeout(() => {
      if (!isThis() || this.#line.kind !== 'connecting') return
      const silent = this.#socket
      this.#lost(1006, true)
      silent?.close()
    }, this.#settings.patience ?? patience)
  }

  #lost(code: number, wasOpen: boolean): void {
    this.#socket = null
    clearTimeout(this.#timer)
    clearInterval(this.#pinging)
    this.#unsend()
    if (code === 4401) this.#set({ kind: 'signed-out' })
    else if (code === 4403) this.#set({ kind: 'no-member' })
    else if (code === 4400) this.#set({ kind: 'stopped', why: 'The server could not read what this page sent. Reload the page.' })
    else if (wasOpen) this.#later()
    else void this.#ask()
  }

  /** A browser does not say why an upgrade was refused, so the server is asked. */
  async #ask(): Promise<void> {
    const standing = await this.#settings.standing().catch((): Standing => 'unreachable')
    if (this.#isOver || this.#socket !== null) return
    if (standing === 'signed-out' || standing === 'no-member') this.#set({ kind: standing })
    else this.#later()
  }

  #later(): void {
    const pause = Math.min(longestPause, (this.#settings.firstPause ?? 500) * 2 ** this.#failures)
    this.#failures++
    // Not all at once: a server that comes back is asked by everybody.
    const wait = Math.round(pause * (0.75 + Math.random() / 2))
    this.#set({ kind: 'offline', tryAt: Date.now() + wait })
    this.#timer = setTimeout(() => this.#connect(), wait)
  }

  #set(line: Line): void {
    this.#line = line
    this.#settings.changed(line)
  }

  #hear(bytes: Uint8Array): void {
    this.#heardAt = Date.now()
    const read = decodeServerFrame(bytes)
    if (!read.ok) {
      this.stop('The server sent something that this page can not read. Reload the page.')
      return
    }
    const { frame } = read
    switch (frame.kind) {
      case 'welcome':
        if (frame.version !== protocolVersion) {
          this.stop('The server is another version than this page. Reload the page.')
          return
        }
        this.#welcome(frame.connection, frame.person)
        return
      case 'saved':
        this.#answer(frame.number, { ok: true, seq: frame.seq, at: Date.now() })
        return
      case 'refused':
        this.#refused(frame.number, { code: frame.code, why: frame.why, detail: frame.detail })
        return
      case 'items': {
        const followed = this.#followed.get(frame.stream)
        if (!followed) return
        const fresh = frame.items.filter(({ seq }) => seq > followed.last)
        if (fresh.length === 0) return
        const isWhole = fresh.every(({ seq }, index) => seq === followed.last + index + 1)
        if (!isWhole) {
          this.#missed(frame.stream, followed)
          return
        }
        followed.last += fresh.length
        followed.follower.items(fresh)
        return
      }
      case 'current': {
        const followed = this.#followed.get(frame.stream)
        if (!followed) return
        if (frame.last < followed.last)
          this.stop(
            `The server shows ${frame.last} items of ${frame.stream}, and you have seen ${followed.last}: it was set back. Send nothing, keep your copy, and call who runs it.`,
          )
        else if (frame.last > followed.last) this.#missed(frame.stream, followed)
        else followed.follower.current(frame.last)
        return
      }
      case 'presence':
        this.#settings.present(frame.connection, frame.person, frame.body)
        return
      case 'gone':
        this.#settings.present(frame.connection, '', null)
        return
      case 'checkpoint':
        this.#settings.checkpoint?.(frame.note)
        return
      case 'pong':
        return
    }
  }

  /** Items are missing before those that came: they are asked for once more, and a server that leaves them out again is not believed. */
  #missed(stream: string, followed: Followed): void {
    if (followed.missedAt === followed.last) {
      this.stop(
        `The server leaves out what came after item ${followed.last} of ${stream}. Send nothing, keep your copy, and call who runs it.`,
      )
      return
    }
    followed.missedAt = followed.last
    this.#send({ kind: 'follow', number: this.#next(), stream, from: followed.last })
  }

  #welcome(connection: number, person: string): void {
    this.#failures = 0
    clearTimeout(this.#timer)
    this.#set({ kind: 'open', connection, person })
    for (const [stream, { last }] of this.#followed) this.#send({ kind: 'follow', number: this.#next(), stream, from: last })
    this.#sendPending()
    clearInterval(this.#pinging)
    this.#pinging = setInterval(() => {
      if (Date.now() - this.#heardAt > silence) {
        const dead = this.#socket
        this.#lost(1006, true)
        dead?.close()
      } else this.#send({ kind: 'ping', number: this.#next() })
    }, pingEvery)
  }

  #send(frame: ClientFrame): boolean {
    if (this.#line.kind !== 'open' || this.#socket === null) return false
    this.#socket.send(encodeClientFrame(frame))
    return true
  }

  #sendPending(): void {
    let underWay = 0
    for (const [number, each] of this.#pending) {
      if (underWay === mostUnderWay) return
      underWay++
      if (!each.isSent) each.isSent = this.#send({ kind: 'append', number, stream: each.stream, body: each.body })
    }
  }

  #answer(number: number, outcome: Outcome): void {
    const each = this.#pending.get(number)
    if (!each) return
    this.#pending.delete(number)
    each.done(outcome)
    this.#sendPending()
  }

  #refused(number: number, refusal: Refusal): void {
    const each = this.#pending.get(number)
    if (!each || each.once || !mayPass(refusal.code) || each.tries >= 8) {
      this.#answer(number, { ok: false, refusal })
      return
    }
    each.tries++
    setTimeout(
      () => {
        each.isSent = false
        this.#sendPending()
      },
      Math.min(10_000, 200 * 2 ** each.tries),
    )
  }
}

/** The socket of a browser. */
export function browserSocket(url: string): (events: SocketEvents) => Socket {
  return (events) => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => events.opened()
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) events.heard(new Uint8Array(data))
    }
    socket.onclose = ({ code }) => events.closed(code)
    return { send: (bytes) => socket.send(bytes), close: () => socket.close() }
  }
}
