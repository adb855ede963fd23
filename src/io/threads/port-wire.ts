/** Two threads of a page that speak through a port. */
import { unreadable, type Wire } from './line-judges.ts'

export function portWire(port: MessagePort): Wire {
  return {
    send: (message, transfer) => port.postMessage(message, [...transfer]),
    hear(told, lost) {
      port.onmessageerror = () => lost(unreadable())
      port.onmessage = ({ data }) => told(data)
    },
    close: () => port.close(),
  }
}
