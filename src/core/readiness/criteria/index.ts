/** Every criterion, in the order of the board. */
import type { Wording } from '../../rule.ts'
import type { Criterion } from '../criterion.ts'
import { allergiesReconciled } from './allergies-reconciled.ts'
import { capacityCut } from './capacity-cut.ts'
import { checkpoints } from './checkpoints.ts'
import { claimsSigned } from './claims-signed.ts'
import { clickBudget } from './click-budget.ts'
import { clinicalOwner } from './clinical-owner.ts'
import { competency } from './competency.ts'
import { configurationOwner } from './configuration-owner.ts'
import { digitizedBottlenecks } from './digitized-bottlenecks.ts'
import { downtimeKit } from './downtime-kit.ts'
import { dressRehearsal } from './dress-rehearsal.ts'
import { driftBaseline } from './drift-baseline.ts'
import { duplicates } from './duplicates.ts'
import { escalationPaths } from './escalation-paths.ts'
import { exceptionPaths } from './exception-paths.ts'
import { findingsAccepted } from './findings-accepted.ts'
import { firstOpen } from './first-open.ts'
import { floorSupport } from './floor-support.ts'
import { leadTime } from './lead-time.ts'
import { ledgerIntact } from './ledger-intact.ts'
import { legacyExtract } from './legacy-extract.ts'
import { mappingConfirmed } from './mapping-confirmed.ts'
import { medicinesReconciled } from './medicines-reconciled.ts'
import { needsApproved } from './needs-approved.ts'
import { orphanReferences } from './orphan-references.ts'
import { overloadedRoles } from './overloaded-roles.ts'
import { paperApprovals } from './paper-approvals.ts'
import { reKeying } from './re-keying.ts'
import { requiredFields } from './required-fields.ts'
import { rolePractice } from './role-practice.ts'
import { rollbackPlan } from './rollback-plan.ts'
import { sameShiftTriage } from './same-shift-triage.ts'
import { sampleReviewed } from './sample-reviewed.ts'
import { simulationRun } from './simulation-run.ts'
import { superUsers } from './super-users.ts'
import { valueLists } from './value-lists.ts'
import { workflowObserved } from './workflow-observed.ts'
import { workflowsTraced } from './workflows-traced.ts'

export const criteria: readonly Criterion[] = [
  workflowObserved,
  clickBudget,
  leadTime,
  needsApproved,
  clinicalOwner,
  workflowsTraced,
  digitizedBottlenecks,
  paperApprovals,
  reKeying,
  exceptionPaths,
  mappingConfirmed,
  legacyExtract,
  requiredFields,
  valueLists,
  rolePractice,
  competency,
  superUsers,
  allergiesReconciled,
  medicinesReconciled,
  claimsSigned,
  ledgerIntact,
  orphanReferences,
  duplicates,
  sampleReviewed,
  firstOpen,
  findingsAccepted,
  simulationRun,
  overloadedRoles,
  dressRehearsal,
  rollbackPlan,
  downtimeKit,
  capacityCut,
  floorSupport,
  sameShiftTriage,
  escalationPaths,
  driftBaseline,
  configurationOwner,
  checkpoints,
]

const byCode = new Map<string, Wording>(criteria.map((criterion) => [criterion.code, criterion]))

/** Title, why, remedy and severity of a readiness code; undefined for codes of other wings. */
export function wordingOf(code: string): Wording | undefined {
  return byCode.get(code)
}
