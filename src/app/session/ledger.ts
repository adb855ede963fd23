/** Who acts in this browser, on which device, and at what time. */

import type { Hand } from '../../core/project/acts/hand.ts'
import { whyNotAllowed } from '../../core/project/duties/roles.ts'
import { slugOf } from '../../core/project/ledger/actor-slug.ts'
import { momentText } from '../../core/values/day.ts'
import { deviceId } from './device.ts'
import { openProject, setWorkspace, workspace } from './state.ts'
import { readerMark } from './unlocked-bundle.ts'

export { slugOf }

/** Whether this person may record such an act in the open project; where not, the sentence that says why is on screen. */
export function mayRecord(action: string): boolean {
  const { readOnly, ledger } = openProject()
  const forbidden = whyNotAllowed(ledger, hand(), action)
  const why = readOnly ?? (forbidden === null ? null : `Not recorded: ${forbidden}.`)
  if (why !== null) setWorkspace({ problem: why })
  return why === null
}

/** Person, device and clock of the next act. */
export function hand(): Hand {
  return { device: readerMark()?.device ?? deviceId(), actor: actorSlug(), wall: wallNow() }
}

/** RFC 3339 with the offset of this machine. */
export function wallNow(): string {
  return momentText(new Date())
}

/** How the ledger names a person: a slug of the name, or `unnamed` before anybody said who works here. */
export function actorSlug(): string {
  return readerMark()?.reader ?? slugOf(workspace().person?.name ?? '')
}
