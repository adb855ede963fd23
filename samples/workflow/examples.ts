/** Twelve example pairs of clinic workflows: invented, with figures of the literature where a source is named, assumed where not. */
import type { WorkflowFiles } from '../../src/core/workflow/map/files.ts'
import bedsideDocumentationCurrent from './bedside-documentation/current.json' with { type: 'json' }
import bedsideDocumentationFuture from './bedside-documentation/future.json' with { type: 'json' }
import bedsideDocumentationScenario from './bedside-documentation/scenario.json' with { type: 'json' }
import bedsideDocumentationTrace from './bedside-documentation/trace.json' with { type: 'json' }
import clinicIntakeCurrent from './clinic-intake/current.json' with { type: 'json' }
import clinicIntakeFuture from './clinic-intake/future.json' with { type: 'json' }
import clinicIntakeScenario from './clinic-intake/scenario.json' with { type: 'json' }
import clinicIntakeTrace from './clinic-intake/trace.json' with { type: 'json' }
import dischargeCurrent from './discharge/current.json' with { type: 'json' }
import dischargeFuture from './discharge/future.json' with { type: 'json' }
import dischargeScenario from './discharge/scenario.json' with { type: 'json' }
import dischargeTrace from './discharge/trace.json' with { type: 'json' }
import ePrescribingAlertsCurrent from './e-prescribing-alerts/current.json' with { type: 'json' }
import ePrescribingAlertsFuture from './e-prescribing-alerts/future.json' with { type: 'json' }
import ePrescribingAlertsScenario from './e-prescribing-alerts/scenario.json' with { type: 'json' }
import ePrescribingAlertsTrace from './e-prescribing-alerts/trace.json' with { type: 'json' }
import edChartingCurrent from './ed-charting/current.json' with { type: 'json' }
import edChartingFuture from './ed-charting/future.json' with { type: 'json' }
import edChartingScenario from './ed-charting/scenario.json' with { type: 'json' }
import edChartingTrace from './ed-charting/trace.json' with { type: 'json' }
import edTriageCurrent from './ed-triage/current.json' with { type: 'json' }
import edTriageFuture from './ed-triage/future.json' with { type: 'json' }
import edTriageScenario from './ed-triage/scenario.json' with { type: 'json' }
import edTriageTrace from './ed-triage/trace.json' with { type: 'json' }
import labResultCurrent from './lab-result/current.json' with { type: 'json' }
import labResultFuture from './lab-result/future.json' with { type: 'json' }
import labResultScenario from './lab-result/scenario.json' with { type: 'json' }
import labResultTrace from './lab-result/trace.json' with { type: 'json' }
import medicationRefillCurrent from './medication-refill/current.json' with { type: 'json' }
import medicationRefillFuture from './medication-refill/future.json' with { type: 'json' }
import medicationRefillScenario from './medication-refill/scenario.json' with { type: 'json' }
import medicationRefillTrace from './medication-refill/trace.json' with { type: 'json' }
import priorAuthorisationCurrent from './prior-authorisation/current.json' with { type: 'json' }
import priorAuthorisationFuture from './prior-authorisation/future.json' with { type: 'json' }
import priorAuthorisationScenario from './prior-authorisation/scenario.json' with { type: 'json' }
import priorAuthorisationTrace from './prior-authorisation/trace.json' with { type: 'json' }
import referralFaxCurrent from './referral-fax/current.json' with { type: 'json' }
import referralFaxFuture from './referral-fax/future.json' with { type: 'json' }
import referralFaxScenario from './referral-fax/scenario.json' with { type: 'json' }
import referralFaxTrace from './referral-fax/trace.json' with { type: 'json' }
import sepsisPathwayCurrent from './sepsis-pathway/current.json' with { type: 'json' }
import sepsisPathwayFuture from './sepsis-pathway/future.json' with { type: 'json' }
import sepsisPathwayScenario from './sepsis-pathway/scenario.json' with { type: 'json' }
import sepsisPathwayTrace from './sepsis-pathway/trace.json' with { type: 'json' }
import vitalsReKeyingCurrent from './vitals-re-keying/current.json' with { type: 'json' }
import vitalsReKeyingFuture from './vitals-re-keying/future.json' with { type: 'json' }
import vitalsReKeyingScenario from './vitals-re-keying/scenario.json' with { type: 'json' }
import vitalsReKeyingTrace from './vitals-re-keying/trace.json' with { type: 'json' }

export interface WorkflowExample {
  readonly id: string
  readonly files: WorkflowFiles
}

/** In the order of the catalogue of examples; `label` of the maps is what people read. */
export const workflowExamples: readonly WorkflowExample[] = [
  {
    id: 'clinic-intake',
    files: { current: clinicIntakeCurrent, future: clinicIntakeFuture, scenario: clinicIntakeScenario, trace: clinicIntakeTrace },
  },
  {
    id: 'vitals-re-keying',
    files: {
      current: vitalsReKeyingCurrent,
      future: vitalsReKeyingFuture,
      scenario: vitalsReKeyingScenario,
      trace: vitalsReKeyingTrace,
    },
  },
  {
    id: 'medication-refill',
    files: {
      current: medicationRefillCurrent,
      future: medicationRefillFuture,
      scenario: medicationRefillScenario,
      trace: medicationRefillTrace,
    },
  },
  {
    id: 'lab-result',
    files: { current: labResultCurrent, future: labResultFuture, scenario: labResultScenario, trace: labResultTrace },
  },
  {
    id: 'referral-fax',
    files: { current: referralFaxCurrent, future: referralFaxFuture, scenario: referralFaxScenario, trace: referralFaxTrace },
  },
  {
    id: 'discharge',
    files: { current: dischargeCurrent, future: dischargeFuture, scenario: dischargeScenario, trace: dischargeTrace },
  },
  {
    id: 'prior-authorisation',
    files: {
      current: priorAuthorisationCurrent,
      future: priorAuthorisationFuture,
      scenario: priorAuthorisationScenario,
      trace: priorAuthorisationTrace,
    },
  },
  {
    id: 'ed-triage',
    files: { current: edTriageCurrent, future: edTriageFuture, scenario: edTriageScenario, trace: edTriageTrace },
  },
  {
    id: 'ed-charting',
    files: { current: edChartingCurrent, future: edChartingFuture, scenario: edChartingScenario, trace: edChartingTrace },
  },
  {
    id: 'e-prescribing-alerts',
    files: {
      current: ePrescribingAlertsCurrent,
      future: ePrescribingAlertsFuture,
      scenario: ePrescribingAlertsScenario,
      trace: ePrescribingAlertsTrace,
    },
  },
  {
    id: 'bedside-documentation',
    files: {
      current: bedsideDocumentationCurrent,
      future: bedsideDocumentationFuture,
      scenario: bedsideDocumentationScenario,
      trace: bedsideDocumentationTrace,
    },
  },
  {
    id: 'sepsis-pathway',
    files: {
      current: sepsisPathwayCurrent,
      future: sepsisPathwayFuture,
      scenario: sepsisPathwayScenario,
      trace: sepsisPathwayTrace,
    },
  },
]
