/**
 * Checks of Carryover for pipelines, servers and pages: everything runs where it is called, nothing is sent anywhere.
 *
 * @packageDocumentation
 */

export { type ComparedFinding, compareWorkflows, type WorkflowComparison, type WorkflowPair } from './compare-workflows.ts'
export { type DrawnUnit, drawSample, type SampleDraw, type SampleRequest, type SampleUnit } from './draw-sample.ts'
export type { BlobLike, Data } from './given-data.ts'
export { InvalidInput } from './invalid-input.ts'
export { type ReportFormat, reportText } from './report-text.ts'
export type { Progress, ReadingProblem, RunOptions } from './run-options.ts'
export {
  type Interval,
  type RoleForecast,
  type SimulationReport,
  type SimulationRequest,
  type StepForecast,
  simulate,
} from './simulate.ts'
export { type ResourceOptions, type ResourcesInput, validateResources } from './validate-resources.ts'
export { type TableInput, type TableOptions, type TableReading, validateTable } from './validate-table.ts'
export type {
  CheckedInput,
  ReportedFinding,
  ReportedPlace,
  ReportFact,
  SeverityName,
  ValidationOptions,
  ValidationReport,
} from './validation-report.ts'
export { type LedgerCheck, type LedgerReport, type LedgerVerification, verifyLedger } from './verify-ledger.ts'
