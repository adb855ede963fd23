/** All rules over workflows, in the order of the catalogue; to add one, write its file and add its line here. */
import type { Wording } from '../../rule.ts'
import { structureRules } from '../structure/index.ts'
import { alertFatigue } from './alert-fatigue.ts'
import { approvalChain } from './approval-chain.ts'
import { batchAndWait } from './batch-and-wait.ts'
import { clickBurden } from './click-burden.ts'
import { deferredDocumentation } from './deferred-documentation.ts'
import { digitizedApproval } from './digitized-approval.ts'
import { fixedStationMobileRole } from './fixed-station-mobile-role.ts'
import { handOffPingPong } from './hand-off-ping-pong.ts'
import { inboxAsPaperTray } from './inbox-as-paper-tray.ts'
import { lateForDeadline } from './late-for-deadline.ts'
import { lateKnockOut } from './late-knock-out.ts'
import { movedQueue } from './moved-queue.ts'
import { neededDataNotCarried } from './needed-data-not-carried.ts'
import { needlessSerial } from './needless-serial.ts'
import { noExceptionPath } from './no-exception-path.ts'
import { noOwner } from './no-owner.ts'
import { openLoop } from './open-loop.ts'
import { overloadedRole } from './overloaded-role.ts'
import { printToScan } from './print-to-scan.ts'
import { queueBeforeRole } from './queue-before-role.ts'
import { reKeying } from './re-keying.ts'
import { reworkLoop } from './rework-loop.ts'
import { sequenceMismatch } from './sequence-mismatch.ts'
import { shadowWorkaround } from './shadow-workaround.ts'
import { singlePointOfFailure } from './single-point-of-failure.ts'
import { skillMismatch } from './skill-mismatch.ts'
import type { SurvivalRule } from './survival-rule.ts'
import { unmeasuredWait } from './unmeasured-wait.ts'
import { unsourcedStep } from './unsourced-step.ts'
import { untracedStep } from './untraced-step.ts'

export const survivalRules: readonly SurvivalRule[] = [
  digitizedApproval,
  approvalChain,
  reKeying,
  handOffPingPong,
  reworkLoop,
  overloadedRole,
  batchAndWait,
  clickBurden,
  sequenceMismatch,
  shadowWorkaround,
  fixedStationMobileRole,
  deferredDocumentation,
  noExceptionPath,
  noOwner,
  untracedStep,
  unsourcedStep,
  alertFatigue,
  openLoop,
  unmeasuredWait,
  needlessSerial,
  lateKnockOut,
  skillMismatch,
  neededDataNotCarried,
  singlePointOfFailure,
  printToScan,
  inboxAsPaperTray,
  movedQueue,
  lateForDeadline,
  queueBeforeRole,
]

const wordings: ReadonlyMap<string, Wording> = new Map([...survivalRules, ...structureRules].map((rule) => [rule.code, rule]))

/** Title, why, remedy and severity of a workflow code; undefined for codes of other wings. */
export function wordingOf(code: string): Wording | undefined {
  return wordings.get(code)
}

export const workflowCodes: readonly string[] = [...wordings.keys()]
