/** The thread of the command line that helps judging: an entry of its own, started by line-judges.ts. */
import { parentPort } from 'node:worker_threads'
import { answerBlocks, unreadable } from '../io/threads/line-judges.ts'

const port = parentPort
if (port)
  answerBlocks({
    send: (message, transfer) => port.postMessage(message, transfer),
    hear(told, lost) {
      port.on('message', told)
      port.on('messageerror', () => lost(unreadable()))
    },
    close: () => port.close(),
  })
