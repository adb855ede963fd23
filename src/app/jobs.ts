/** The only caller of workers: one method per long-running operation. */
import type { RiversideOptions, SampleChunk } from '../../samples/riverside/generate.ts'
import { OperationWorker } from '../../workers/bridge.ts'
import digestUrl from '../../workers/digest.worker.ts?worker&url'
import pairUrl from '../../workers/pair.worker.ts?worker&url'
import recordsUrl from '../../workers/records.worker.ts?worker&url'
import sampleUrl from '../../workers/sample.worker.ts?worker&url'
import simulateUrl from '../../workers/simulate.worker.ts?worker&url'
import validateUrl from '../../workers/validate.worker.ts?worker&url'
import type { ValidateInput, ValidatePartial, ValidateResult, ValidateSource } from '../core/data/validation.ts'
import type { PairInput, PairPartial, PairResult, PairSource, RecordPair } from '../core/review/pair-types.ts'
import type { Judgement } from '../core/workflow/judge.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { Sent } from '../io/files.ts'

type SentValidate = Omit<ValidateInput, 'inputs'> & { readonly inputs: readonly Sent<ValidateSource>[] }
type SentPair = Omit<PairInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

const workers = {
  validate: new OperationWorker<SentValidate, ValidatePartial, ValidateResult>(validateUrl),
  pair: new OperationWorker<SentPair, PairPartial, PairResult>(pairUrl),
  records: new OperationWorker<SentPair & { readonly keys: readonly string[] }, never, readonly RecordPair[]>(recordsUrl),
  simulate: new OperationWorker<Workflow, never, Judgement>(simulateUrl),
  sample: new OperationWorker<RiversideOptions, readonly SampleChunk[], { readonly files: number }>(sampleUrl),
  digest: new OperationWorker<readonly File[], never, readonly string[]>(digestUrl),
}

export const jobs = {
  validate: (input: SentValidate, signal: AbortSignal) => workers.validate.run(input, signal),
  pair: (input: SentPair, signal: AbortSignal) => workers.pair.run(input, signal),
  /** Patients by key, side by side. */
  pairRecords: (input: SentPair & { readonly keys: readonly string[] }, signal: AbortSignal) =>
    workers.records.run(input, signal),
  judge: (workflow: Workflow, signal: AbortSignal) => workers.simulate.run(workflow, signal),
  sample: (options: RiversideOptions, signal: AbortSignal) => workers.sample.run(options, signal),
  digest: (files: readonly File[], signal: AbortSignal) => workers.digest.run(files, signal),
}

/** Every worker by name, for the self-test of the policy. */
export function allWorkers() {
  return Object.entries(workers)
}
