/** The thread of the command line that helps judging: an entry of its own, started by line-judges.ts. */
import { parentPort } from 'node:worker_threads'
import { answerBlocks } from '../io/line-judges.ts'

const port = parentPort
if (port)
  answerBlocks({
    send: (message, transfer) => port.postMessage(message, transfer),
    hear: (told) => {
      port.on('message', told)
    },
    close: () => port.close(),
  })
