/** Ways out of the page, and the server that holds it back. */
import { build } from '../../setup.mjs'
import { needBrowser, printed, tests } from '../measure.mjs'

const journeys = 'tests/journeys/ways-out'

export const waysOutLines = [
  {
    name: 'sinks',
    line: 'at least 70 ways out of the page and of every worker, from fresh realms too: 0 arrive; without headers the same tries do',
    measure: () => {
      build()
      return printed([`${journeys}/ways-out.test.ts`, `${journeys}/reopened.long.test.ts`], /ways out:|control:/, {
        CHROMIUM: needBrowser(),
        LONG: '1',
      })
    },
  },
  {
    name: 'self-test',
    line: 'each directive, constructor and element re-opened alone: the self-test refuses patient data every time',
    measure: () => {
      build()
      return printed([`${journeys}/reopened.long.test.ts`], /self-test:/, { CHROMIUM: needBrowser(), LONG: '1' })
    },
  },
  {
    name: 'server',
    line: 'both servers: one path for file and policy, ambiguous addresses refused, every header on every answer, limits; a project is read by the browser of its link alone; --connect takes exact origins',
    measure: () =>
      tests([
        'tests/io/served-project.test.ts',
        'tests/io/static-server.test.ts',
        'tests/io/host-check.test.ts',
        'tests/team/answers.test.ts',
      ]),
  },
]
