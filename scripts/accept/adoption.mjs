/** Acceptance of adoption: what people already have is taken as it is. */
import { build, findBrowser } from '../setup.mjs'
import { needBrowser, printed } from './measure.mjs'

/** The built app, and a browser where there is one; what needs one is skipped by name else. */
const withBrowser = (files, figure) => {
  build()
  const browser = findBrowser()
  return printed(files, figure, { LONG: '1', ...(browser ? { CHROMIUM: browser } : {}) })
}

export const lines = [
  {
    name: 'ways',
    line: 'From the tarball, a static build and the service worker: the sample opens, a folder validates, the certificate verifies; offline after the first load',
    measure: () =>
      withBrowser(
        ['tests/journeys/ways-in.long.test.ts', 'tests/journeys/offline.test.ts', 'tests/journeys/offline.long.test.ts'],
        /^(?:ways|offline) /,
      ),
  },
  {
    name: 'image',
    line: 'The steps of the Dockerfile in an empty folder: not root, disk read only; the sample opens, a folder validates, the certificate verifies; a team starts as compose.yaml says',
    measure: () => withBrowser(['tests/team/image.long.test.ts'], /^image: /),
  },
  {
    name: 'headers',
    line: 'Every header of the table under nginx, Caddy and Apache from Debian; IIS and _headers read and compared with the table, untried',
    measure: () => withBrowser(['tests/io/hosts/web-servers.test.ts', 'tests/io/hosts/host-files.test.ts'], /^headers /),
  },
  {
    name: 'ci',
    line: 'The steps of the action and the hooks run against the built command line; actions are pinned, every input has its line',
    measure: () => withBrowser(['tests/scripts/ci.test.ts'], /^ci /),
  },
  {
    name: 'library',
    line: 'A consumer in strict TypeScript and one in plain JavaScript, Node and Vite, at most 15 lines each, run against the packed release',
    measure: () => printed(['tests/scripts/release.test.ts'], /^library /),
  },
  {
    name: 'dumps',
    line: 'SQL dumps of three dialects give the findings of the CSV of the same tables; 0 crashes on 5,000 mutated ones',
    measure: () =>
      printed(
        ['tests/core/data/read/sql/dumps.test.ts', 'tests/core/data/read/sql/mutated-dumps.test.ts'],
        /^(sql|mutated) dumps/,
        {
          LONG: '1',
        },
      ),
  },
  {
    name: 'parquet',
    line: 'Parquet of eight packings and encodings gives the findings of the CSV of the same table; 0 crashes on 5,000 mutated files',
    measure: () =>
      printed(
        ['tests/core/data/read/parquet/parquet.test.ts', 'tests/core/data/read/parquet/mutated-parquet.test.ts'],
        /^(parquet|mutated Parquet)/,
        { LONG: '1' },
      ),
  },
  {
    name: 'first-minutes',
    line: 'An empty project leads and ticks its own list; templates open without a finding and turn nothing green; a tour by keyboard; what others changed is named; axe 0 in both themes',
    measure: () => {
      const CHROMIUM = needBrowser()
      build()
      return printed(
        [
          'tests/journeys/first-minutes.test.ts',
          'tests/samples/project-templates.test.ts',
          'tests/core/project/changes-since.test.ts',
        ],
        /^(first minutes|templates|tour|changes):/,
        { CHROMIUM },
      )
    },
  },
  {
    name: 'leads',
    line: 'The plan is read back by another calendar program, registers run no formula, the committee’s page prints on one sheet with name and logo',
    measure: () => {
      const CHROMIUM = needBrowser()
      build()
      return printed(['tests/core/readiness/leads.test.ts', 'tests/journeys/first-minutes.test.ts'], /^leads:/, { CHROMIUM })
    },
  },
  {
    name: 'local-words',
    line: 'Yes and no, decimal marks and days of six languages are read in every file of the board; what can be read in two ways is settled with a sentence or refused',
    measure: () => printed(['tests/core/readiness/local-words.test.ts'], /^local words:/),
  },
]
