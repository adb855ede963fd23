/** A real server of a team and the socket of this page's connection to it, in Node. */
import WebSocket from 'ws'
import type { ConnectionSettings, Socket, SocketEvents } from '../../../src/app/team/connection.ts'
import { startTeamServer, type TeamServing } from '../../../src/team/server/team-server.ts'
import type { Database } from '../../../src/team/store/database.ts'

export function startServing(database: Database, folder: string, port = 0): Promise<TeamServing> {
  return startTeamServer({ database, dataFolder: folder, appFolder: null, host: '127.0.0.1', port, origin: null, tls: null })
}

/** What went over the wire, both ways, and a wire that can be cut. */
export class Tapped {
  readonly sent: Uint8Array[] = []
  readonly received: Uint8Array[] = []
  isCut = false
  socket: WebSocket | null = null

  cut(): void {
    this.isCut = true
    this.socket?.terminate()
  }

  mend(): void {
    this.isCut = false
  }
}

export function nodeSocket(
  origin: string,
  project: string,
  headers: Record<string, string>,
  tapped: Tapped = new Tapped(),
): ConnectionSettings['open'] {
  return (events: SocketEvents): Socket => {
    if (tapped.isCut) throw new Error('The wire is cut.')
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/team/${project}`, {
      headers: { origin, ...headers },
      perMessageDeflate: false,
    })
    tapped.socket = socket
    socket.on('open', () => events.opened())
    socket.on('message', (data: Buffer) => {
      tapped.received.push(new Uint8Array(data))
      events.heard(new Uint8Array(data))
    })
    socket.on('close', (code) => events.closed(code))
    socket.on('error', () => undefined)
    return {
      send: (bytes) => {
        tapped.sent.push(bytes)
        socket.send(bytes)
      },
      close: () => socket.close(),
    }
  }
}
