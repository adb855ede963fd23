/** One worker of the two: its half of the files, end to end, once for each message. Loads first, so that only the work is timed. */
import { parentPort, workerData } from 'node:worker_threads'

const { endToEnd } = await import(workerData.engine)
parentPort.postMessage('ready')
parentPort.on('message', async () => parentPort.postMessage(await endToEnd(workerData.paths)))
