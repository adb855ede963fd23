/** Acceptance of private parts that a team shares: on PGlite, and on PostgreSQL where one answers. */
import { printed, tests } from './measure.mjs'

export const lines = [
  {
    name: 'planted',
    line: 'planted patient words in private/, comments and a sealed file: 0 hits in database, journal, log and frames',
    measure: () => printed(['tests/app/team/private/planted.test.ts'], /^team planted/),
  },
  {
    name: 'removed-member',
    line: 'a removed member opens nothing that is sealed later',
    measure: () => printed(['tests/app/team/private/removed-member.test.ts'], /^team removed-member/),
  },
  {
    name: 'swapped-key',
    line: 'a key that the server puts in the place of a device key is refused',
    measure: () => printed(['tests/core/project/sharing/sharing.test.ts'], /^team swapped-key/),
  },
  {
    name: 'wraps',
    line: 'a wrap of another project, epoch, device or key opens nothing',
    measure: () => printed(['tests/io/team-key.test.ts'], /^wraps/),
  },
  {
    name: 'private-page',
    line: 'a real browser says what the server holds sealed, and opens it with the printed key alone; axe 0 in both themes',
    measure: () => tests(['tests/journeys/private-part.test.ts']),
  },
]
