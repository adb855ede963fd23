/** The only caller of workers: one method per long-running operation. */
import type { SampleChunk } from '../../../samples/riverside/generate.ts'
import type { SampleOptions } from '../../../samples/riverside/operation.ts'
import { OperationWorker } from '../../../workers/bridge.ts'
import conformUrl from '../../../workers/conform.worker.ts?worker&url'
import digestUrl from '../../../workers/digest.worker.ts?worker&url'
import documentsUrl from '../../../workers/documents.worker.ts?worker&url'
import drawingUrl from '../../../workers/drawing.worker.ts?worker&url'
import exportUrl from '../../../workers/export.worker.ts?worker&url'
import followUrl from '../../../workers/follow.worker.ts?worker&url'
import forecastUrl from '../../../workers/forecast.worker.ts?worker&url'
import journalUrl from '../../../workers/journal.worker.ts?worker&url'
import leversUrl from '../../../workers/levers.worker.ts?worker&url'
import linkUrl from '../../../workers/link.worker.ts?worker&url'
import loadsUrl from '../../../workers/loads.worker.ts?worker&url'
import logUrl from '../../../workers/log.worker.ts?worker&url'
import lookUrl from '../../../workers/look.worker.ts?worker&url'
import mapUrl from '../../../workers/map.worker.ts?worker&url'
import packagesUrl from '../../../workers/packages.worker.ts?worker&url'
import pairUrl from '../../../workers/pair.worker.ts?worker&url'
import previewUrl from '../../../workers/preview.worker.ts?worker&url'
import profileUrl from '../../../workers/profile.worker.ts?worker&url'
import reconcileUrl from '../../../workers/reconcile.worker.ts?worker&url'
import recordsUrl from '../../../workers/records.worker.ts?worker&url'
import sampleUrl from '../../../workers/sample.worker.ts?worker&url'
import sealUrl from '../../../workers/seal.worker.ts?worker&url'
import simulateUrl from '../../../workers/simulate.worker.ts?worker&url'
import suggestUrl from '../../../workers/suggest.worker.ts?worker&url'
import validateUrl from '../../../workers/validate.worker.ts?worker&url'
import verifyUrl from '../../../workers/verify.worker.ts?worker&url'
import type { MapInput, MapResult, OutputChunk, PreviewResult, Suggestion } from '../../core/data/crosswalk/plan/crosswalk.ts'
import type { PreviewInput as MappingPreviewInput } from '../../core/data/crosswalk/records/preview.ts'
import type { SuggestInput } from '../../core/data/crosswalk/suggest/suggest.ts'
import type { GivenDefinitions } from '../../core/data/fhir/given.ts'
import type { LoadedPackages, LoadPackagesInput, PackageFile } from '../../core/data/fhir/packages/load-packages.ts'
import type { LinkInput, LinkResult, LinkSource } from '../../core/data/linkage/linkage-types.ts'
import type { ValidatePartial, ValidateResult, ValidateSource } from '../../core/data/model/validation.ts'
import type { ProfileResult } from '../../core/data/profile/profile.ts'
import type { PreviewInput, SourcePreview } from '../../core/data/read/preview.ts'
import type { ReconcileInput, ReconcilePartial, ReconcileResult } from '../../core/data/reconcile/account/result.ts'
import type { DocumentsInput, DocumentsResult } from '../../core/data/reconcile/loads/check-documents.ts'
import type { CompareLoadsInput } from '../../core/data/reconcile/loads/compare-loads.ts'
import type { LoadComparison } from '../../core/data/reconcile/loads/load-comparison.ts'
import type { ExportChunk, ExportResult, ExportWanted } from '../../core/data/validate/export-all.ts'
import type { ProposeInput } from '../../core/data/validate/proposed.ts'
import type { ValidateInput } from '../../core/data/validate/validate-input.ts'
import type { Update } from '../../core/operation.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import type { VerifyReport } from '../../core/project/verify/verify.ts'
import type { PairInput, PairPartial, PairResult, PairSource, RecordPair } from '../../core/review/model/pair-types.ts'
import type { WantedRecords } from '../../core/review/pair/pair.ts'
import type { Workflow } from '../../core/workflow/map/workflow.ts'
import type { ConformResult } from '../../core/workflow/mining/conformance.ts'
import type { ForecastStudy } from '../../core/workflow/simulation/forecast.ts'
import type { Judgement } from '../../core/workflow/simulation/judge.ts'
import type { LeverStudy } from '../../core/workflow/simulation/levers.ts'
import type { PlayThrough, PlayThroughInput } from '../../core/workflow/simulation/play-through.ts'
import type { Sent } from '../../io/files/files.ts'
import { removeKeysLeftBehind } from '../../io/files/spill-browser.ts'
import type { SealDone, SealWork } from '../../io/keys/seal-work.ts'
import type { JournalAnswer, JournalWork } from '../../io/store/journal-browser.ts'
import type { ConformLogInput } from '../../io/workflow/conform-log.ts'
import type { DrawingInput, DrawingRead } from '../../io/workflow/drawing-file.ts'
import type { LogStudy, ReadFacts, StudyInput } from '../../io/workflow/study-log.ts'
import { proofOf } from './policy.ts'
import { preparedRecords, preparedRun } from './prepared.ts'

type SentValidate = Omit<ValidateInput, 'inputs' | 'observer' | 'spill'> & {
  readonly inputs: readonly Sent<ValidateSource>[]
} & GivenDefinitions
type SentReconcile = Omit<ReconcileInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }
type SentMap = Omit<MapInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }
type SentSuggest = Omit<SuggestInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }
type SentProfile = Omit<ProposeInput, 'inputs'> & { readonly inputs: readonly Sent<ValidateSource>[] }
type SentLink = Omit<LinkInput, 'inputs'> & { readonly inputs: readonly Sent<LinkSource>[] }
type SentLoads = Omit<CompareLoadsInput, 'before' | 'after'> & {
  readonly before: readonly Sent<PairSource>[]
  readonly after: readonly Sent<PairSource>[]
}
type SentDocuments = Omit<DocumentsInput, 'index' | 'files'> & {
  readonly index: Sent<PairSource>
  readonly files: readonly { readonly file: File; readonly path: string }[]
}
type SentMappingPreview = Omit<MappingPreviewInput, 'input'> & { readonly input: Sent<PairSource> }
type SentExport = { readonly run: SentValidate; readonly wanted: ExportWanted }
type SentPair = Omit<PairInput, 'inputs'> & { readonly inputs: readonly Sent<PairSource>[] }

type SentPackages = Omit<LoadPackagesInput, 'files'> & { readonly files: readonly Sent<PackageFile>[] }

const workers = {
  validate: new OperationWorker<SentValidate, ValidatePartial, ValidateResult>(validateUrl, proofOf('validate')),
  pair: new OperationWorker<SentPair, PairPartial, PairResult>(pairUrl, proofOf('pair')),
  records: new OperationWorker<SentPair & WantedRecords, never, readonly RecordPair[]>(recordsUrl, proofOf('records')),
  look: new OperationWorker<Sent<PreviewInput>, never, SourcePreview>(lookUrl, proofOf('look')),
  reconcile: new OperationWorker<SentReconcile, ReconcilePartial, ReconcileResult>(reconcileUrl, proofOf('reconcile')),
  link: new OperationWorker<SentLink, never, LinkResult>(linkUrl, proofOf('link')),
  export: new OperationWorker<SentExport, ExportChunk, ExportResult>(exportUrl, proofOf('export')),
  map: new OperationWorker<SentMap, OutputChunk, MapResult>(mapUrl, proofOf('map')),
  preview: new OperationWorker<SentMappingPreview, never, PreviewResult>(previewUrl, proofOf('preview')),
  suggest: new OperationWorker<SentSuggest, never, readonly Suggestion[]>(suggestUrl, proofOf('suggest')),
  profile: new OperationWorker<SentProfile, never, ProfileResult>(profileUrl, proofOf('profile')),
  loads: new OperationWorker<SentLoads, never, LoadComparison>(loadsUrl, proofOf('loads')),
  documents: new OperationWorker<SentDocuments, never, DocumentsResult>(documentsUrl, proofOf('documents')),
  simulate: new OperationWorker<Workflow, never, Judgement>(simulateUrl, proofOf('simulate')),
  levers: new OperationWorker<Workflow, never, LeverStudy>(leversUrl, proofOf('levers')),
  follow: new OperationWorker<PlayThroughInput, never, PlayThrough | null>(followUrl, proofOf('follow')),
  forecast: new OperationWorker<Workflow, never, ForecastStudy>(forecastUrl, proofOf('forecast')),
  conform: new OperationWorker<Sent<ConformLogInput>, never, ConformResult>(conformUrl, proofOf('conform')),
  log: new OperationWorker<Sent<StudyInput>, ReadFacts, LogStudy>(logUrl, proofOf('log')),
  sample: new OperationWorker<SampleOptions, readonly SampleChunk[], { readonly files: number }>(sampleUrl, proofOf('sample')),
  packages: new OperationWorker<SentPackages, never, LoadedPackages>(packagesUrl, proofOf('packages')),
  drawing: new OperationWorker<Sent<DrawingInput>, never, DrawingRead>(drawingUrl, proofOf('drawing')),
  digest: new OperationWorker<readonly File[], never, readonly string[]>(digestUrl, proofOf('digest')),
  journal: new OperationWorker<JournalWork, never, JournalAnswer>(journalUrl, proofOf('journal')),
  seal: new OperationWorker<SealWork, never, SealDone>(sealUrl, proofOf('seal')),
  verify: new OperationWorker<ProjectFiles, never, VerifyReport | null>(verifyUrl, proofOf('verify')),
}

export const jobs = {
  validate: (input: SentValidate, signal: AbortSignal): AsyncIterable<Update<ValidatePartial, ValidateResult>> =>
    preparedRun('validate', input, signal, () => swept(workers.validate.run(input, signal))),
  pair: (input: SentPair, signal: AbortSignal): AsyncIterable<Update<PairPartial, PairResult>> =>
    preparedRun('pair', input, signal, () => workers.pair.run(input, signal)),
  /** Patients by key, side by side. */
  pairRecords: (input: SentPair & WantedRecords, signal: AbortSignal) =>
    preparedRecords(input, signal, () => workers.records.run(input, signal)),
  /** The beginning of a file, before it is read. */
  look: (input: Sent<PreviewInput>, signal: AbortSignal) => workers.look.run(input, signal),
  reconcile: (input: SentReconcile, signal: AbortSignal): AsyncIterable<Update<ReconcilePartial, ReconcileResult>> =>
    preparedRun('reconcile', input, signal, () => swept(workers.reconcile.run(input, signal))),
  /** Probable duplicate patients. */
  link: (input: SentLink, signal: AbortSignal) => workers.link.run(input, signal),
  /** Lists without a limit: all rows of a finding, rejected records. */
  exportAll: (input: SentExport, signal: AbortSignal) => swept(workers.export.run(input, signal)),
  map: (input: SentMap, signal: AbortSignal) => workers.map.run(input, signal),
  /** The rules of the mapping on real rows of one table. */
  previewMapping: (input: SentMappingPreview, signal: AbortSignal) => workers.preview.run(input, signal),
  suggest: (input: SentSuggest, signal: AbortSignal) => workers.suggest.run(input, signal),
  profile: (input: SentProfile, signal: AbortSignal) => workers.profile.run(input, signal),
  compareLoads: (input: SentLoads, signal: AbortSignal) => workers.loads.run(input, signal),
  /** Documents that a table names, against the files of a folder. */
  checkDocuments: (input: SentDocuments, signal: AbortSignal) => workers.documents.run(input, signal),
  judge: (workflow: Workflow, signal: AbortSignal): AsyncIterable<Update<never, Judgement>> =>
    preparedRun('judge', workflow, signal, () => workers.simulate.run(workflow, signal)),
  /** What would shorten the lead time of the future map most. */
  rankLevers: (workflow: Workflow, signal: AbortSignal) => workers.levers.run(workflow, signal),
  /** One case through both maps. */
  followCase: (input: PlayThroughInput, signal: AbortSignal) => workers.follow.run(input, signal),
  /** The backlog of the weeks after go-live. */
  forecastGoLive: (workflow: Workflow, signal: AbortSignal) => workers.forecast.run(workflow, signal),
  /** An event log: what is counted in it, and a map made of it. */
  studyLog: (input: Sent<StudyInput>, signal: AbortSignal) => workers.log.run(input, signal),
  /** An event log against a drawn map. */
  conformLog: (input: Sent<ConformLogInput>, signal: AbortSignal) => workers.conform.run(input, signal),
  sample: (options: SampleOptions, signal: AbortSignal) => workers.sample.run(options, signal),
  /** FHIR packages and loose definitions, with what of them can not be used. */
  loadPackages: (input: SentPackages, signal: AbortSignal) => workers.packages.run(input, signal),
  /** A map drawn with another program. */
  drawing: (input: Sent<DrawingInput>, signal: AbortSignal) => workers.drawing.run(input, signal),
  digest: (files: readonly File[], signal: AbortSignal) => workers.digest.run(files, signal),
  /** The second copies of projects. */
  journal: (work: JournalWork, signal: AbortSignal, handed?: readonly Transferable[]) =>
    workers.journal.run(work, signal, handed),
  /** The private part of a project under a passphrase. */
  seal: (work: SealWork, signal: AbortSignal) => workers.seal.run(work, signal),
  verify: (files: ProjectFiles, signal: AbortSignal) => workers.verify.run(files, signal),
}

/** Work that keeps keys in temporary files: a worker that was ended in the middle could not remove them. */
async function* swept<P, R>(updates: AsyncIterable<Update<P, R>>): AsyncGenerator<Update<P, R>> {
  let whole = false
  try {
    yield* updates
    whole = true
  } finally {
    if (!whole) void removeKeysLeftBehind()
  }
}

// A tab that was closed in the middle could not, either.
void removeKeysLeftBehind()

/** Workers that a first look at a project needs, proven while the first page is read; every other one is proven when it is first used. */
export function firstWorkers() {
  return [workers.validate, workers.pair, workers.records, workers.simulate, workers.sample, workers.digest]
}
