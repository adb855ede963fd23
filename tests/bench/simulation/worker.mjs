/** One worker, as the app has one: runs each model some times and gives the best of each. */
import { parentPort, workerData } from 'node:worker_threads'

const { measure, models } = await import(workerData.engine)
for (const name of Object.keys(models)) {
  let best = null
  for (let round = 0; round < workerData.rounds; round++) {
    const found = measure(name, workerData.cases)
    if (best === null || found.seconds < best.seconds) best = found
  }
  parentPort.postMessage({ name, ...best })
}
