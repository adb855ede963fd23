/** An event log read and held against a drawn map in one go: only what is counted crosses, the events stay behind. */
import type { Update } from '../../core/operation.ts'
import { filtered, type LogFilter } from '../../core/workflow/log/filter.ts'
import { instancesOf } from '../../core/workflow/log/instances.ts'
import type { Graph } from '../../core/workflow/map/workflow.ts'
import { type ConformResult, conform } from '../../core/workflow/mining/conformance.ts'
import { type LogInput, readLog } from './event-log.ts'

export interface ConformLogInput extends LogInput {
  readonly graph: Graph
  /** Cases that are looked at; all of them when left out. */
  readonly filter?: LogFilter
}

export async function* conformLog(
  { graph, filter = {}, ...input }: ConformLogInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ConformResult>> {
  for await (const update of readLog(input, signal)) {
    if (update.kind === 'progress') yield update
    if (update.kind !== 'result') continue
    const { value } = update
    if (value.kind !== 'log') {
      yield { kind: 'result', value: { kind: 'impossible', sentence: 'The log can not be read as it is.' } }
      continue
    }
    yield* conform({ log: filtered(instancesOf(value.log), filter), graph }, signal)
  }
}
