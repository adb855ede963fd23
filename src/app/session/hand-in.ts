/** Who acts in a project that is not open yet. */

import type { Hand } from '../../core/project/acts/hand.ts'
import type { Project } from '../../core/project/format/project.ts'
import { slugOf } from '../../core/project/ledger/actor-slug.ts'
import { deviceId } from './device.ts'
import { wallNow } from './ledger.ts'
import { workspace } from './state.ts'
/** Person, device and clock of an act in this project, whatever is open now: only in a reader's own bundle anybody acts as that reader. */
export function handIn({ manifest: { reader } }: Pick<Project, 'manifest'>): Hand {
  return {
    device: reader?.device ?? deviceId(),
    actor: reader?.reader ?? slugOf(workspace().person?.name ?? ''),
    wall: wallNow(),
  }
}
