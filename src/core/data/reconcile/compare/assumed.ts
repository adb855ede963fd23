/** What is taken for granted when entries are compared. */
import type { SideZones } from '../../meaning/compare-times.ts'
import type { LinkIds } from './link-ids.ts'
import type { KnownDigits } from './number-digits.ts'

/** What is taken for granted when entries are compared. */
export interface Assumed extends SideZones {
  /** Absent where no link needs it. */
  readonly ids?: LinkIds
  readonly digits?: KnownDigits
}
