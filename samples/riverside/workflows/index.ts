/** The four workflow pairs of the sample clinic, as files of a project: path → JSON text. */

import { readWorkflow, type WorkflowFiles, writeWorkflow } from '../../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import labResultsCurrent from './lab-results/current.json' with { type: 'json' }
import labResultsFuture from './lab-results/future.json' with { type: 'json' }
import labResultsScenario from './lab-results/scenario.json' with { type: 'json' }
import labResultsTrace from './lab-results/trace.json' with { type: 'json' }
import referralCurrent from './referral/current.json' with { type: 'json' }
import referralFuture from './referral/future.json' with { type: 'json' }
import referralScenario from './referral/scenario.json' with { type: 'json' }
import referralTrace from './referral/trace.json' with { type: 'json' }
import refillCurrent from './refill/current.json' with { type: 'json' }
import refillFuture from './refill/future.json' with { type: 'json' }
import refillScenario from './refill/scenario.json' with { type: 'json' }
import refillTrace from './refill/trace.json' with { type: 'json' }
import vitalsCurrent from './vitals/current.json' with { type: 'json' }
import vitalsFuture from './vitals/future.json' with { type: 'json' }
import vitalsScenario from './vitals/scenario.json' with { type: 'json' }
import vitalsTrace from './vitals/trace.json' with { type: 'json' }

const files: readonly (readonly [string, WorkflowFiles])[] = [
  ['lab-results', { current: labResultsCurrent, future: labResultsFuture, trace: labResultsTrace, scenario: labResultsScenario }],
  ['referral', { current: referralCurrent, future: referralFuture, trace: referralTrace, scenario: referralScenario }],
  ['refill', { current: refillCurrent, future: refillFuture, trace: refillTrace, scenario: refillScenario }],
  ['vitals', { current: vitalsCurrent, future: vitalsFuture, trace: vitalsTrace, scenario: vitalsScenario }],
]

/** By id, in id order. */
export const riversideWorkflows: ReadonlyMap<string, Workflow> = new Map(
  files.map(([id, file]) => [id, readWorkflow(id, file).value] as const),
)

/** `workflows/<id>/current.json` and so on, exactly as a project saves them. */
export const riversideWorkflowFiles: ReadonlyMap<string, string> = new Map(
  [...riversideWorkflows.values()].flatMap((workflow) => [...writeWorkflow(workflow)]),
)
