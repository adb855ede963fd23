/** The engine in a worker of the benchmark page: one file in, counts out, as the validate worker of the app reads it. */
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { Cancelled } from '../../../../src/core/operation.ts'
import { hashedFile } from '../../../../workers/hashed-file.ts'

let stop = new AbortController()

addEventListener('message', ({ data }: MessageEvent<{ file: File; schema: JsonObject } | 'stop'>) => {
  if (data === 'stop') stop.abort()
  else void run(data.file, data.schema)
})

const { port1, port2 } = new MessageChannel()

/** Lets messages in, as the bridge of the app does between two updates: a request to stop is one. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })
}

async function run(file: File, schema: JsonObject): Promise<void> {
  stop = new AbortController()
  const source = {
    source: hashedFile(file),
    side: null,
    format: 'csv',
    table: 'extract',
    reading: {},
    schema,
  } as const
  const started = performance.now()
  try {
    for await (const update of validate({ inputs: [source], watch: false }, stop.signal)) {
      if (update.kind === 'progress') {
        postMessage({ done: update.done })
        await turn()
      }
      if (update.kind !== 'result') continue
      const { inputs, summary } = update.value
      postMessage({
        seconds: (performance.now() - started) / 1000,
        records: inputs[0]?.records ?? 0,
        badRecords: summary.recordsWithErrors,
        badCells: summary.error + summary.critical,
      })
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    postMessage({ stopped: true })
  }
}
