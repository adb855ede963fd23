/** Workers that judge lines beside the one that reads: started for long FHIR exports, where the computer has cores for them. */
import type { OpenHelpers } from '../src/core/data/fhir/spread-lines.ts'
import { finish } from '../src/core/operation.ts'
import { helpersFor, WiredHelper } from '../src/io/threads/line-judges.ts'
import { portWire } from '../src/io/threads/port-wire.ts'
import { OperationWorker } from './bridge.ts'
import judgeUrl from './judge.worker.ts?worker&url'

interface JudgeLines {
  readonly port: MessagePort
}

/** Kept from run to run: what a worker has loaded and warmed up is at hand in the next one. */
const judges: OperationWorker<JudgeLines, never, null>[] = []

/** Null where helpers do not pay. */
export function lineHelpers(bytes: number): OpenHelpers | null {
  const count = helpersFor(bytes, navigator.hardwareConcurrency)
  while (judges.length < count) judges.push(new OperationWorker(judgeUrl))
  if (count === 0) return null
  return (context) => judges.slice(0, count).map((judge) => helper(judge, context))
}

function helper(judge: OperationWorker<JudgeLines, never, null>, context: Parameters<OpenHelpers>[0]): WiredHelper {
  const { port1, port2 } = new MessageChannel()
  const stop = new AbortController()
  const wire = portWire(port1)
  const close = (): void => {
    stop.abort()
    wire.close()
  }
  const wired = new WiredHelper({ ...wire, close }, context, pause)
  finish(judge.run({ port: port2 }, stop.signal, [port2])).then(
    () => wired.fail(new Error('A worker that judges records ended')),
    (error: unknown) => wired.fail(error instanceof Error ? error : new Error(String(error))),
  )
  return wired
}

/** One turn through the queue of messages. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
