/** The examples of every survival rule, for tests and rule pages alone. */
import type { Examples } from '../../rule.ts'
import { alertFatigueExamples } from './alert-fatigue.examples.ts'
import { approvalChainExamples } from './approval-chain.examples.ts'
import { batchAndWaitExamples } from './batch-and-wait.examples.ts'
import { clickBurdenExamples } from './click-burden.examples.ts'
import { deferredDocumentationExamples } from './deferred-documentation.examples.ts'
import { digitizedApprovalExamples } from './digitized-approval.examples.ts'
import { fixedStationMobileRoleExamples } from './fixed-station-mobile-role.examples.ts'
import { handOffPingPongExamples } from './hand-off-ping-pong.examples.ts'
import { inboxAsPaperTrayExamples } from './inbox-as-paper-tray.examples.ts'
import { lateForDeadlineExamples } from './late-for-deadline.examples.ts'
import { lateKnockOutExamples } from './late-knock-out.examples.ts'
import { movedQueueExamples } from './moved-queue.examples.ts'
import { neededDataNotCarriedExamples } from './needed-data-not-carried.examples.ts'
import { needlessSerialExamples } from './needless-serial.examples.ts'
import { noExceptionPathExamples } from './no-exception-path.examples.ts'
import { noOwnerExamples } from './no-owner.examples.ts'
import { openLoopExamples } from './open-loop.examples.ts'
import { overloadedRoleExamples } from './overloaded-role.examples.ts'
import { printToScanExamples } from './print-to-scan.examples.ts'
import { queueBeforeRoleExamples } from './queue-before-role.examples.ts'
import { reKeyingExamples } from './re-keying.examples.ts'
import { reworkLoopExamples } from './rework-loop.examples.ts'
import { sequenceMismatchExamples } from './sequence-mismatch.examples.ts'
import { shadowWorkaroundExamples } from './shadow-workaround.examples.ts'
import { singlePointOfFailureExamples } from './single-point-of-failure.examples.ts'
import { skillMismatchExamples } from './skill-mismatch.examples.ts'
import type { SketchCase } from './survival-rule.ts'
import { unmeasuredWaitExamples } from './unmeasured-wait.examples.ts'
import { unsourcedStepExamples } from './unsourced-step.examples.ts'
import { untracedStepExamples } from './untraced-step.examples.ts'

export const survivalExamples: readonly Examples<SketchCase>[] = [
  alertFatigueExamples,
  approvalChainExamples,
  batchAndWaitExamples,
  clickBurdenExamples,
  deferredDocumentationExamples,
  digitizedApprovalExamples,
  fixedStationMobileRoleExamples,
  handOffPingPongExamples,
  inboxAsPaperTrayExamples,
  lateForDeadlineExamples,
  lateKnockOutExamples,
  movedQueueExamples,
  neededDataNotCarriedExamples,
  needlessSerialExamples,
  noExceptionPathExamples,
  noOwnerExamples,
  openLoopExamples,
  overloadedRoleExamples,
  printToScanExamples,
  queueBeforeRoleExamples,
  reKeyingExamples,
  reworkLoopExamples,
  sequenceMismatchExamples,
  shadowWorkaroundExamples,
  singlePointOfFailureExamples,
  skillMismatchExamples,
  unmeasuredWaitExamples,
  unsourcedStepExamples,
  untracedStepExamples,
]
