/** Every criterion, in the order of the board. */
import type { Wording } from '../../rule.ts'
import type { Criterion } from '../criterion.ts'
import { alertFatigue } from './alert-fatigue.ts'
import { allergiesReconciled } from './allergies-reconciled.ts'
import { capacityCut } from './capacity-cut.ts'
import { changeCommunication } from './change-communication.ts'
import { chartAudit } from './chart-audit.ts'
import { checkpoints } from './checkpoints.ts'
import { claimsSigned } from './claims-signed.ts'
import { clickBudget } from './click-budget.ts'
import { clinicalOwner } from './clinical-owner.ts'
import { codeVersions } from './code-versions.ts'
import { collapseSigns } from './collapse-signs.ts'
import { competency } from './competency.ts'
import { complaintClasses } from './complaint-classes.ts'
import { configurationApproved } from './configuration-approved.ts'
import { configurationContinues } from './configuration-continues.ts'
import { configurationOwner } from './configuration-owner.ts'
import { contractHealth } from './contract-health.ts'
import { customizationRegister } from './customization-register.ts'
import { customizationTrend } from './customization-trend.ts'
import { dailyBurden } from './daily-burden.ts'
import { departmentsRepresented } from './departments-represented.ts'
import { departmentsTogether } from './departments-together.ts'
import { digitizedBottlenecks } from './digitized-bottlenecks.ts'
import { downtimeKit } from './downtime-kit.ts'
import { dressRehearsal } from './dress-rehearsal.ts'
import { driftBaseline } from './drift-baseline.ts'
import { driftWatch } from './drift-watch.ts'
import { duplicates } from './duplicates.ts'
import { escalationPaths } from './escalation-paths.ts'
import { exceptionPaths } from './exception-paths.ts'
import { failureChain } from './failure-chain.ts'
import { feedbackAnswered } from './feedback-answered.ts'
import { findingsAccepted } from './findings-accepted.ts'
import { firstOpen } from './first-open.ts'
import { firstOpenings } from './first-openings.ts'
import { floorSupport } from './floor-support.ts'
import { goalsMeasured } from './goals-measured.ts'
import { governance } from './governance.ts'
import { handOver } from './hand-over.ts'
import { hazardsControlled } from './hazards-controlled.ts'
import { integrationMap } from './integration-map.ts'
import { interfaceContracts } from './interface-contracts.ts'
import { interfaceMessages } from './interface-messages.ts'
import { leadTime } from './lead-time.ts'
import { ledgerIntact } from './ledger-intact.ts'
import { legacyExtract } from './legacy-extract.ts'
import { mappingConfirmed } from './mapping-confirmed.ts'
import { medicinesReconciled } from './medicines-reconciled.ts'
import { migrationScope } from './migration-scope.ts'
import { mockAttendance } from './mock-attendance.ts'
import { mockGoLive } from './mock-go-live.ts'
import { mockIncidents } from './mock-incidents.ts'
import { nativeShare } from './native-share.ts'
import { needsApproved } from './needs-approved.ts'
import { orderSets } from './order-sets.ts'
import { orphanReferences } from './orphan-references.ts'
import { overloadedRoles } from './overloaded-roles.ts'
import { paperApprovals } from './paper-approvals.ts'
import { peakLoad } from './peak-load.ts'
import { pilot } from './pilot.ts'
import { placeOfEntry } from './place-of-entry.ts'
import { privacyAssessed } from './privacy-assessed.ts'
import { qualityTrend } from './quality-trend.ts'
import { reKeying } from './re-keying.ts'
import { refresher } from './refresher.ts'
import { requiredFields } from './required-fields.ts'
import { retraining } from './retraining.ts'
import { riskRegister } from './risk-register.ts'
import { rolePractice } from './role-practice.ts'
import { rollbackPlan } from './rollback-plan.ts'
import { rolloutChoice } from './rollout-choice.ts'
import { sameShiftTriage } from './same-shift-triage.ts'
import { sampleReviewed } from './sample-reviewed.ts'
import { shadowSystems } from './shadow-systems.ts'
import { simulatedShift } from './simulated-shift.ts'
import { simulationRun } from './simulation-run.ts'
import { skillsScreening } from './skills-screening.ts'
import { smallIncentives } from './small-incentives.ts'
import { staffAsked } from './staff-asked.ts'
import { steeringDecisions } from './steering-decisions.ts'
import { stepOrder } from './step-order.ts'
import { stewardship } from './stewardship.ts'
import { stopRules } from './stop-rules.ts'
import { successShown } from './success-shown.ts'
import { superUsers } from './super-users.ts'
import { surveyScores } from './survey-scores.ts'
import { testMatrix } from './test-matrix.ts'
import { timedWalkthroughs } from './timed-walkthroughs.ts'
import { timeline } from './timeline.ts'
import { totalCost } from './total-cost.ts'
import { trainingGoesOn } from './training-goes-on.ts'
import { trainingSessions } from './training-sessions.ts'
import { trialLoads } from './trial-loads.ts'
import { upkeepBudget } from './upkeep-budget.ts'
import { valueLists } from './value-lists.ts'
import { vendorCheck } from './vendor-check.ts'
import { workflowObserved } from './workflow-observed.ts'
import { workflowsTraced } from './workflows-traced.ts'

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
