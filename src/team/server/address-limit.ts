/** Connections by address: one machine does not take all that the server has. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '../people/network.ts'

/** @param exempt address of the proxy, through which everybody comes; null where there is none */
export function limitAddresses(server: Server, most: number, exempt: string | null): void {
  const held = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    if (address === exempt) return
    const place = networkOf(address)
    const now = (held.get(place) ?? 0) + 1
    if (now > most) return void socket.destroy()
    held.set(place, now)
    socket.once('close', () => {
      const left = (held.get(place) ?? 1) - 1
      if (left > 0) held.set(place, left)
      else held.delete(place)
    })
  })
}
