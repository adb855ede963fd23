/** Acceptance of teams: what a server keeps under kills and load, and whom it lets in. Each line runs on PGlite, and on PostgreSQL where one answers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, root } from '../setup.mjs'
import { needBrowser, printed, tests } from './measure.mjs'
import { lines as maps } from './team-maps.mjs'
import { lines as sealed } from './team-private.mjs'

const load = (name) => () => printed(['tests/team/load.long.test.ts'], /^load /, { LONG: '1', LOAD: name })

/** A journey of the built app in a real browser. */
const journey = (file, figure) => () => {
  build()
  return printed([file], figure, { CHROMIUM: needBrowser() })
}

/** Files with tests of a database; the long ones have lines of their own. */
function onBothDatabases() {
  return ['tests/team', 'tests/app/team']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.test.ts') && !path.endsWith('.long.test.ts'))
    .filter((path) => readFileSync(join(root, path), 'utf8').includes("/databases.ts'"))
}

export const lines = [
  {
    name: 'kills',
    line: '25 × kill -9 under load and 5 × database folder deleted: everything acknowledged is there once',
    measure: () => printed(['tests/team/killed.long.test.ts'], /^kills /, { LONG: '1' }),
  },
  { name: 'one-map', line: '25 editors × 2 edits/s on one map: edit to other screens p95 ≤ 250 ms', measure: load('one-map') },
  { name: 'many-maps', line: '100 editors × 2 edits/s on 20 maps: p95 ≤ 250 ms', measure: load('many-maps') },
  { name: 'sockets', line: '200 sockets: ≤ 700 MiB embedded, ≤ 250 MiB beside PostgreSQL', measure: load('sockets') },
  {
    name: 'appends',
    line: 'ledger appends of 20 devices: ≥ 100 per s embedded, ≥ 200 per s beside PostgreSQL',
    measure: load('appends'),
  },
  {
    name: 'refusals',
    line: 'every route and socket refuses a foreign origin, no session and another project’s session; each check has a test that fails without it',
    measure: () => printed(['tests/team/gate.test.ts', 'tests/team/gate-mutations.long.test.ts'], /^gate /, { LONG: '1' }),
  },
  {
    name: 'databases',
    line: 'every test of a database passes on PGlite and on PostgreSQL; none is skipped',
    measure: () => {
      const { ok, figure, skipped } = tests(onBothDatabases())
      return { ok: ok && skipped === 0, figure }
    },
  },
  {
    name: 'oidc',
    line: 'a real provider: wrong state, nonce, issuer, code, verifier and what is over are refused; same e-mail with another subject is another person',
    measure: () => printed(['tests/team/provider.test.ts', 'tests/team/sign-in.test.ts'], /^provider /),
  },
  {
    name: 'page',
    line: 'the page loses, overwrites and calls nothing saved too early; a rolled back, reordered, replayed or withheld ledger stops it',
    measure: () => tests(['tests/app/team', 'tests/core/project/three-way.test.ts']),
  },
  {
    name: 'witness',
    line: 'a C2SP witness cosigns each checkpoint; a server that was set back gets no signature, and verify demands the one that the ledger names',
    measure: () => tests(['tests/team/witness.test.ts', 'tests/cli/verify-witness.test.ts']),
  },
  {
    name: 'access-log',
    line: 'sign-ins, failures, sessions that ended, keys read, exports and acts of administrators as CSV and FHIR AuditEvent, by day and person',
    measure: () =>
      tests([
        'tests/core/team/access-log.test.ts',
        'tests/team/checkpoints.test.ts',
        'tests/team/sign-in.test.ts',
        'tests/team/session-ends.test.ts',
      ]),
  },
  {
    name: 'together',
    line: 'two real browsers draw one map at once, one goes offline and comes back; the sample clinic is saved whole',
    measure: () => tests(['tests/journeys/together.test.ts', 'tests/journeys/together-sample.long.test.ts']),
  },
  {
    name: 'signed',
    line: 'passkeys in Chromium, a signature in a third browser, the gate turns on the lead’s screen, the file verifies offline',
    measure: journey('tests/journeys/together-signed.test.ts', /^verify /),
  },
  {
    name: 'axe',
    line: 'axe 0 on the pages of a team in both themes, with the keyboard alone and at 200 % zoom; pointers seen, a person followed, no access said',
    measure: journey('tests/journeys/team-look.test.ts', /^axe /),
  },
  ...maps,
  ...sealed,
]
