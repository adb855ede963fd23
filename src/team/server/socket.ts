/** The socket of a project: Hono answers the upgrade, `ws` speaks it, a `Connection` reads its frames. */
import { upgradeWebSocket } from '@hono/node-server'
import type { WSContext } from 'hono/ws'
import { errorWords } from '../../core/values/error-words.ts'
import { Connection } from '../streams/connection.ts'
import { type Peer, tooMuchWaiting } from '../streams/follower.ts'
import type { Room } from '../streams/room.ts'
import { type AskedInProject, say } from './route.ts'
import { mostSockets, type TeamState } from './state.ts'

/** What is used of a socket of `ws`. */
interface RawSocket {
  readonly bufferedAmount: number
  ping(): void
  terminate(): void
  on(event: 'pong', told: () => void): unknown
}

/** A socket that answers no ping for two of these is gone: its network went away without a word. */
const heartbeat = 30_000

export async function openSocket({ context, state, session, room }: AskedInProject): Promise<Response> {
  if (context.req.header('upgrade')?.toLowerCase() !== 'websocket')
    return say(context, 400, 'no-upgrade', 'This address is a socket: open it with a WebSocket.')
  const { digest, who } = session
  let socket: WSContext<unknown> | null = null
  const close = (code: number, why: string): void => {
    socket?.close(code, why)
    // Who does not answer the close is cut off.
    const raw = socket?.raw
    if (isRaw(raw)) setTimeout(() => raw.terminate(), 2000).unref()
  }
  if (!state.addSocket(digest, close))
    return say(context, 429, 'too-many', `This session has ${mostSockets} sockets open already. Close a tab of Carryover.`)
  const connection = state.nextConnection()
  let held: Connection | null = null
  let beat: ReturnType<typeof setInterval> | null = null
  const over = (): void => {
    if (beat) clearInterval(beat)
    state.dropSocket(digest, close)
    held?.end()
    held = null
  }
  // An upgrade that never comes about holds no place.
  const waiting = setTimeout(() => socket ?? over(), 10_000)
  const note = (act: string, object: string, outcome: string): void => state.note(room.project, session, act, object, outcome)
  return upgradeWebSocket(context, {
    onOpen: (_, opened) => {
      clearTimeout(waiting)
      socket = opened
      // Somebody was removed while the socket opened.
      if (!room.isMember(who.id)) return close(4403, 'You are no longer a member of this project.')
      held = new Connection({
        connection,
        who,
        room,
        peer: peerOf(opened, close),
        limits: state.limitsOf(digest),
        now: state.parts.now,
        note,
        used: () =>
          void state.sessions
            .used(digest)
            .catch((error: unknown) => state.parts.say(`The use of a session was not noted: ${errorWords(error)}`)),
      })
      beat = watch(opened)
      sendNewestNote(state, room, held)
      note('open', room.project, 'ok')
    },
    onMessage: ({ data }) => {
      if (!state.sessions.isAlive(digest)) return close(4401, 'Your session ended. Sign in again.')
      if (typeof data === 'string' || data instanceof Blob) return close(4400, 'This socket takes binary frames alone.')
      held?.take(new Uint8Array(data)).catch((error: unknown) => {
        state.parts.say(`A frame on project ${room.project} failed: ${error instanceof Error ? error.message : String(error)}`)
        close(1011, 'The server had a problem of its own; connect again.')
      })
    },
    onClose: over,
    onError: over,
  })
}

/** Who was away learns at once whether the ledger goes on from what they saw. */
function sendNewestNote(state: TeamState, room: Room, to: Connection): void {
  state.checkpoints.newest(room.project).then(
    (note) => note === null || to.tell({ kind: 'checkpoint', note }),
    () => state.parts.say(`The newest checkpoint of project ${room.project} could not be read.`),
  )
}

function peerOf(socket: WSContext<unknown>, close: (code: number, why: string) => void): Peer {
  const waiting = (): number => (isRaw(socket.raw) ? socket.raw.bufferedAmount : 0)
  return {
    send: (bytes) => {
      if (socket.readyState !== 1) return
      // Whatever is sent, and whoever asked for it: nobody fills the memory of the server by not reading.
      if (waiting() > tooMuchWaiting) close(4408, 'This browser reads too slowly; connect again.')
      else socket.send(bytes, { compress: false })
    },
    close: (code, why) => close(code, why.slice(0, 100)),
    waiting,
    get isOpen() {
      return socket.readyState === 1
    },
  }
}

function watch(socket: WSContext<unknown>): ReturnType<typeof setInterval> | null {
  const { raw } = socket
  if (!isRaw(raw)) return null
  let silent = 0
  raw.on('pong', () => {
    silent = 0
  })
  const timer = setInterval(() => {
    if (silent >= 2) raw.terminate()
    else raw.ping()
    silent++
  }, heartbeat)
  timer.unref()
  return timer
}

function isRaw(value: unknown): value is RawSocket {
  return typeof value === 'object' && value !== null && 'bufferedAmount' in value && 'terminate' in value
}
