/** Two threads of a page that speak through a port. */
import type { Wire } from './line-judges.ts'

export function portWire(port: MessagePort): Wire {
  return {
    send: (message, transfer) => port.postMessage(message, [...transfer]),
    hear(told) {
      port.onmessage = ({ data }) => told(data)
    },
    close: () => port.close(),
  }
}
