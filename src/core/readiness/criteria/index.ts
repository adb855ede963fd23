/** Every criterion, in the order of the board. */
import type { Wording } from '../../rule.ts'
import type { Criterion } from '../model/criterion.ts'
import { chartAudit } from './after-go-live/chart-audit.ts'
import { checkpoints } from './after-go-live/checkpoints.ts'
import { codeVersions } from './after-go-live/code-versions.ts'
import { complaintClasses } from './after-go-live/complaint-classes.ts'
import { configurationContinues } from './after-go-live/configuration-continues.ts'
import { configurationOwner } from './after-go-live/configuration-owner.ts'
import { contractHealth } from './after-go-live/contract-health.ts'
import { dailyBurden } from './after-go-live/daily-burden.ts'
import { driftBaseline } from './after-go-live/drift-baseline.ts'
import { driftWatch } from './after-go-live/drift-watch.ts'
import { handOver } from './after-go-live/hand-over.ts'
import { qualityTrend } from './after-go-live/quality-trend.ts'
import { refresher } from './after-go-live/refresher.ts'
import { retraining } from './after-go-live/retraining.ts'
import { shadowSystems } from './after-go-live/shadow-systems.ts'
import { stewardship } from './after-go-live/stewardship.ts'
import { successShown } from './after-go-live/success-shown.ts'
import { upkeepBudget } from './after-go-live/upkeep-budget.ts'
import { alertFatigue } from './configuration/alert-fatigue.ts'
import { configurationApproved } from './configuration/configuration-approved.ts'
import { customizationRegister } from './configuration/customization-register.ts'
import { customizationTrend } from './configuration/customization-trend.ts'
import { digitizedBottlenecks } from './configuration/digitized-bottlenecks.ts'
import { exceptionPaths } from './configuration/exception-paths.ts'
import { integrationMap } from './configuration/integration-map.ts'
import { interfaceContracts } from './configuration/interface-contracts.ts'
import { legacyExtract } from './configuration/legacy-extract.ts'
import { mappingConfirmed } from './configuration/mapping-confirmed.ts'
import { migrationScope } from './configuration/migration-scope.ts'
import { nativeShare } from './configuration/native-share.ts'
import { orderSets } from './configuration/order-sets.ts'
import { paperApprovals } from './configuration/paper-approvals.ts'
import { placeOfEntry } from './configuration/place-of-entry.ts'
import { reKeying } from './configuration/re-keying.ts'
import { requiredFields } from './configuration/required-fields.ts'
import { stepOrder } from './configuration/step-order.ts'
import { trialLoads } from './configuration/trial-loads.ts'
import { valueLists } from './configuration/value-lists.ts'
import { workflowsTraced } from './configuration/workflows-traced.ts'
import { changeCommunication } from './discovery/change-communication.ts'
import { clickBudget } from './discovery/click-budget.ts'
import { clinicalOwner } from './discovery/clinical-owner.ts'
import { departmentsRepresented } from './discovery/departments-represented.ts'
import { feedbackAnswered } from './discovery/feedback-answered.ts'
import { goalsMeasured } from './discovery/goals-measured.ts'
import { governance } from './discovery/governance.ts'
import { leadTime } from './discovery/lead-time.ts'
import { needsApproved } from './discovery/needs-approved.ts'
import { riskRegister } from './discovery/risk-register.ts'
import { staffAsked } from './discovery/staff-asked.ts'
import { steeringDecisions } from './discovery/steering-decisions.ts'
import { surveyScores } from './discovery/survey-scores.ts'
import { timedWalkthroughs } from './discovery/timed-walkthroughs.ts'
import { timeline } from './discovery/timeline.ts'
import { totalCost } from './discovery/total-cost.ts'
import { vendorCheck } from './discovery/vendor-check.ts'
import { workflowObserved } from './discovery/workflow-observed.ts'
import { capacityCut } from './go-live/capacity-cut.ts'
import { collapseSigns } from './go-live/collapse-signs.ts'
import { escalationPaths } from './go-live/escalation-paths.ts'
import { failureChain } from './go-live/failure-chain.ts'
import { floorSupport } from './go-live/floor-support.ts'
import { sameShiftTriage } from './go-live/same-shift-triage.ts'
import { stopRules } from './go-live/stop-rules.ts'
import { allergiesReconciled } from './pre-launch/allergies-reconciled.ts'
import { claimsSigned } from './pre-launch/claims-signed.ts'
import { departmentsTogether } from './pre-launch/departments-together.ts'
import { downtimeKit } from './pre-launch/downtime-kit.ts'
import { dressRehearsal } from './pre-launch/dress-rehearsal.ts'
import { duplicates } from './pre-launch/duplicates.ts'
import { entriesReconciled } from './pre-launch/entries-reconciled.ts'
import { findingsAccepted } from './pre-launch/findings-accepted.ts'
import { firstOpen } from './pre-launch/first-open.ts'
import { firstOpenings } from './pre-launch/first-openings.ts'
import { hazardsControlled } from './pre-launch/hazards-controlled.ts'
import { interfaceMessages } from './pre-launch/interface-messages.ts'
import { ledgerIntact } from './pre-launch/ledger-intact.ts'
import { medicinesReconciled } from './pre-launch/medicines-reconciled.ts'
import { mockAttendance } from './pre-launch/mock-attendance.ts'
import { mockGoLive } from './pre-launch/mock-go-live.ts'
import { mockIncidents } from './pre-launch/mock-incidents.ts'
import { orphanReferences } from './pre-launch/orphan-references.ts'
import { overloadedRoles } from './pre-launch/overloaded-roles.ts'
import { peakLoad } from './pre-launch/peak-load.ts'
import { pilot } from './pre-launch/pilot.ts'
import { privacyAssessed } from './pre-launch/privacy-assessed.ts'
import { rollbackPlan } from './pre-launch/rollback-plan.ts'
import { rolloutChoice } from './pre-launch/rollout-choice.ts'
import { sampleReviewed } from './pre-launch/sample-reviewed.ts'
import { simulationRun } from './pre-launch/simulation-run.ts'
import { testMatrix } from './pre-launch/test-matrix.ts'
import { competency } from './training/competency.ts'
import { rolePractice } from './training/role-practice.ts'
import { simulatedShift } from './training/simulated-shift.ts'
import { skillsScreening } from './training/skills-screening.ts'
import { smallIncentives } from './training/small-incentives.ts'
import { superUsers } from './training/super-users.ts'
import { trainingGoesOn } from './training/training-goes-on.ts'
import { trainingSessions } from './training/training-sessions.ts'

export const criteria: readonly Criterion[] = [
  workflowObserved,
  clickBudget,
  leadTime,
  needsApproved,
  goalsMeasured,
  riskRegister,
  clinicalOwner,
  departmentsRepresented,
  steeringDecisions,
  governance,
  vendorCheck,
  staffAsked,
  surveyScores,
  timedWalkthroughs,
  feedbackAnswered,
  changeCommunication,
  timeline,
  totalCost,
  workflowsTraced,
  digitizedBottlenecks,
  paperApprovals,
  reKeying,
  exceptionPaths,
  stepOrder,
  placeOfEntry,
  customizationRegister,
  configurationApproved,
  nativeShare,
  customizationTrend,
  orderSets,
  integrationMap,
  interfaceContracts,
  mappingConfirmed,
  migrationScope,
  trialLoads,
  alertFatigue,
  legacyExtract,
  requiredFields,
  valueLists,
  rolePractice,
  skillsScreening,
  trainingSessions,
  competency,
  simulatedShift,
  superUsers,
  trainingGoesOn,
  smallIncentives,
  allergiesReconciled,
  medicinesReconciled,
  entriesReconciled,
  claimsSigned,
  hazardsControlled,
  ledgerIntact,
  privacyAssessed,
  orphanReferences,
  duplicates,
  sampleReviewed,
  firstOpen,
  firstOpenings,
  findingsAccepted,
  simulationRun,
  overloadedRoles,
  departmentsTogether,
  testMatrix,
  peakLoad,
  interfaceMessages,
  dressRehearsal,
  mockGoLive,
  mockAttendance,
  mockIncidents,
  rollbackPlan,
  downtimeKit,
  pilot,
  rolloutChoice,
  capacityCut,
  floorSupport,
  sameShiftTriage,
  collapseSigns,
  failureChain,
  escalationPaths,
  stopRules,
  driftBaseline,
  driftWatch,
  chartAudit,
  qualityTrend,
  stewardship,
  dailyBurden,
  shadowSystems,
  retraining,
  refresher,
  complaintClasses,
  configurationOwner,
  configurationContinues,
  checkpoints,
  upkeepBudget,
  contractHealth,
  codeVersions,
  handOver,
  successShown,
]

const byCode = new Map<string, Wording>(criteria.map((criterion) => [criterion.code, criterion]))

/** Title, why, remedy and severity of a readiness code; undefined for codes of other wings. */
export function wordingOf(code: string): Wording | undefined {
  return byCode.get(code)
}
