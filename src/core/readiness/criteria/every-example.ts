/** The examples of every criterion, for tests and rule pages alone. */
import type { EvidenceExamples } from '../model/criterion.ts'
import { chartAuditExamples } from './after-go-live/chart-audit.examples.ts'
import { checkpointsExamples } from './after-go-live/checkpoints.examples.ts'
import { codeVersionsExamples } from './after-go-live/code-versions.examples.ts'
import { complaintClassesExamples } from './after-go-live/complaint-classes.examples.ts'
import { configurationContinuesExamples } from './after-go-live/configuration-continues.examples.ts'
import { configurationOwnerExamples } from './after-go-live/configuration-owner.examples.ts'
import { contractHealthExamples } from './after-go-live/contract-health.examples.ts'
import { dailyBurdenExamples } from './after-go-live/daily-burden.examples.ts'
import { driftBaselineExamples } from './after-go-live/drift-baseline.examples.ts'
import { driftWatchExamples } from './after-go-live/drift-watch.examples.ts'
import { handOverExamples } from './after-go-live/hand-over.examples.ts'
import { qualityTrendExamples } from './after-go-live/quality-trend.examples.ts'
import { refresherExamples } from './after-go-live/refresher.examples.ts'
import { retrainingExamples } from './after-go-live/retraining.examples.ts'
import { shadowSystemsExamples } from './after-go-live/shadow-systems.examples.ts'
import { stewardshipExamples } from './after-go-live/stewardship.examples.ts'
import { upkeepBudgetExamples } from './after-go-live/upkeep-budget.examples.ts'
import { alertFatigueExamples } from './configuration/alert-fatigue.examples.ts'
import { configurationApprovedExamples } from './configuration/configuration-approved.examples.ts'
import { customizationRegisterExamples } from './configuration/customization-register.examples.ts'
import { customizationTrendExamples } from './configuration/customization-trend.examples.ts'
import { digitizedBottlenecksExamples } from './configuration/digitized-bottlenecks.examples.ts'
import { exceptionPathsExamples } from './configuration/exception-paths.examples.ts'
import { integrationMapExamples } from './configuration/integration-map.examples.ts'
import { interfaceContractsExamples } from './configuration/interface-contracts.examples.ts'
import { legacyExtractExamples } from './configuration/legacy-extract.examples.ts'
import { mappingConfirmedExamples } from './configuration/mapping-confirmed.examples.ts'
import { migrationScopeExamples } from './configuration/migration-scope.examples.ts'
import { nativeShareExamples } from './configuration/native-share.examples.ts'
import { orderSetsExamples } from './configuration/order-sets.examples.ts'
import { paperApprovalsExamples } from './configuration/paper-approvals.examples.ts'
import { placeOfEntryExamples } from './configuration/place-of-entry.examples.ts'
import { reKeyingExamples } from './configuration/re-keying.examples.ts'
import { requiredFieldsExamples } from './configuration/required-fields.examples.ts'
import { stepOrderExamples } from './configuration/step-order.examples.ts'
import { trialLoadsExamples } from './configuration/trial-loads.examples.ts'
import { valueListsExamples } from './configuration/value-lists.examples.ts'
import { workflowsTracedExamples } from './configuration/workflows-traced.examples.ts'
import { changeCommunicationExamples } from './discovery/change-communication.examples.ts'
import { clickBudgetExamples } from './discovery/click-budget.examples.ts'
import { clinicalOwnerExamples } from './discovery/clinical-owner.examples.ts'
import { departmentsRepresentedExamples } from './discovery/departments-represented.examples.ts'
import { feedbackAnsweredExamples } from './discovery/feedback-answered.examples.ts'
import { goalsMeasuredExamples } from './discovery/goals-measured.examples.ts'
import { governanceExamples } from './discovery/governance.examples.ts'
import { leadTimeExamples } from './discovery/lead-time.examples.ts'
import { needsApprovedExamples } from './discovery/needs-approved.examples.ts'
import { riskRegisterExamples } from './discovery/risk-register.examples.ts'
import { staffAskedExamples } from './discovery/staff-asked.examples.ts'
import { steeringDecisionsExamples } from './discovery/steering-decisions.examples.ts'
import { surveyScoresExamples } from './discovery/survey-scores.examples.ts'
import { timedWalkthroughsExamples } from './discovery/timed-walkthroughs.examples.ts'
import { timelineExamples } from './discovery/timeline.examples.ts'
import { totalCostExamples } from './discovery/total-cost.examples.ts'
import { vendorCheckExamples } from './discovery/vendor-check.examples.ts'
import { workflowObservedExamples } from './discovery/workflow-observed.examples.ts'
import { capacityCutExamples } from './go-live/capacity-cut.examples.ts'
import { collapseSignsExamples } from './go-live/collapse-signs.examples.ts'
import { escalationPathsExamples } from './go-live/escalation-paths.examples.ts'
import { failureChainExamples } from './go-live/failure-chain.examples.ts'
import { floorSupportExamples } from './go-live/floor-support.examples.ts'
import { sameShiftTriageExamples } from './go-live/same-shift-triage.examples.ts'
import { stopRulesExamples } from './go-live/stop-rules.examples.ts'
import { allergiesReconciledExamples } from './pre-launch/allergies-reconciled.examples.ts'
import { claimsSignedExamples } from './pre-launch/claims-signed.examples.ts'
import { downtimeKitExamples } from './pre-launch/downtime-kit.examples.ts'
import { dressRehearsalExamples } from './pre-launch/dress-rehearsal.examples.ts'
import { duplicatesExamples } from './pre-launch/duplicates.examples.ts'
import { entriesReconciledExamples } from './pre-launch/entries-reconciled.examples.ts'
import { findingsAcceptedExamples } from './pre-launch/findings-accepted.examples.ts'
import { firstOpenExamples } from './pre-launch/first-open.examples.ts'
import { firstOpeningsExamples } from './pre-launch/first-openings.examples.ts'
import { hazardsControlledExamples } from './pre-launch/hazards-controlled.examples.ts'
import { interfaceMessagesExamples } from './pre-launch/interface-messages.examples.ts'
import { ledgerIntactExamples } from './pre-launch/ledger-intact.examples.ts'
import { medicinesReconciledExamples } from './pre-launch/medicines-reconciled.examples.ts'
import { mockAttendanceExamples } from './pre-launch/mock-attendance.examples.ts'
import { mockGoLiveExamples } from './pre-launch/mock-go-live.examples.ts'
import { mockIncidentsExamples } from './pre-launch/mock-incidents.examples.ts'
import { orphanReferencesExamples } from './pre-launch/orphan-references.examples.ts'
import { overloadedRolesExamples } from './pre-launch/overloaded-roles.examples.ts'
import { peakLoadExamples } from './pre-launch/peak-load.examples.ts'
import { pilotExamples } from './pre-launch/pilot.examples.ts'
import { rollbackPlanExamples } from './pre-launch/rollback-plan.examples.ts'
import { rolloutChoiceExamples } from './pre-launch/rollout-choice.examples.ts'
import { sampleReviewedExamples } from './pre-launch/sample-reviewed.examples.ts'
import { simulationRunExamples } from './pre-launch/simulation-run.examples.ts'
import { testMatrixExamples } from './pre-launch/test-matrix.examples.ts'
import { competencyExamples } from './training/competency.examples.ts'
import { rolePracticeExamples } from './training/role-practice.examples.ts'
import { simulatedShiftExamples } from './training/simulated-shift.examples.ts'
import { skillsScreeningExamples } from './training/skills-screening.examples.ts'
import { superUsersExamples } from './training/super-users.examples.ts'
import { trainingGoesOnExamples } from './training/training-goes-on.examples.ts'
import { trainingSessionsExamples } from './training/training-sessions.examples.ts'

export const criterionExamples: readonly EvidenceExamples[] = [
  chartAuditExamples,
  checkpointsExamples,
  codeVersionsExamples,
  complaintClassesExamples,
  configurationContinuesExamples,
  configurationOwnerExamples,
  contractHealthExamples,
  dailyBurdenExamples,
  driftBaselineExamples,
  driftWatchExamples,
  handOverExamples,
  qualityTrendExamples,
  refresherExamples,
  retrainingExamples,
  shadowSystemsExamples,
  stewardshipExamples,
  upkeepBudgetExamples,
  alertFatigueExamples,
  configurationApprovedExamples,
  customizationRegisterExamples,
  customizationTrendExamples,
  digitizedBottlenecksExamples,
  exceptionPathsExamples,
  integrationMapExamples,
  interfaceContractsExamples,
  legacyExtractExamples,
  mappingConfirmedExamples,
  migrationScopeExamples,
  nativeShareExamples,
  orderSetsExamples,
  paperApprovalsExamples,
  placeOfEntryExamples,
  reKeyingExamples,
  requiredFieldsExamples,
  stepOrderExamples,
  trialLoadsExamples,
  valueListsExamples,
  workflowsTracedExamples,
  changeCommunicationExamples,
  clickBudgetExamples,
  clinicalOwnerExamples,
  departmentsRepresentedExamples,
  feedbackAnsweredExamples,
  goalsMeasuredExamples,
  governanceExamples,
  leadTimeExamples,
  needsApprovedExamples,
  riskRegisterExamples,
  staffAskedExamples,
  steeringDecisionsExamples,
  surveyScoresExamples,
  timedWalkthroughsExamples,
  timelineExamples,
  totalCostExamples,
  vendorCheckExamples,
  workflowObservedExamples,
  capacityCutExamples,
  collapseSignsExamples,
  escalationPathsExamples,
  failureChainExamples,
  floorSupportExamples,
  sameShiftTriageExamples,
  stopRulesExamples,
  allergiesReconciledExamples,
  claimsSignedExamples,
  downtimeKitExamples,
  dressRehearsalExamples,
  duplicatesExamples,
  entriesReconciledExamples,
  findingsAcceptedExamples,
  firstOpenExamples,
  firstOpeningsExamples,
  hazardsControlledExamples,
  interfaceMessagesExamples,
  ledgerIntactExamples,
  medicinesReconciledExamples,
  mockAttendanceExamples,
  mockGoLiveExamples,
  mockIncidentsExamples,
  orphanReferencesExamples,
  overloadedRolesExamples,
  peakLoadExamples,
  pilotExamples,
  rollbackPlanExamples,
  rolloutChoiceExamples,
  sampleReviewedExamples,
  simulationRunExamples,
  testMatrixExamples,
  competencyExamples,
  rolePracticeExamples,
  simulatedShiftExamples,
  skillsScreeningExamples,
  superUsersExamples,
  trainingGoesOnExamples,
  trainingSessionsExamples,
]
