/** Judges lines of long FHIR exports beside the worker that reads them, until that one lets go. */
import { answerBlocks } from '../src/io/threads/line-judges.ts'
import { portWire } from '../src/io/threads/port-wire.ts'
import { serve } from './bridge.ts'

serve(async function* ({ port }: { readonly port: MessagePort }, signal) {
  const wire = portWire(port)
  answerBlocks(wire)
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  wire.close()
  yield { kind: 'result', value: null } as const
})
