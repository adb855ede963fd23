/** The catalogue T1 to T24: what is feared, the tests that try it, and the command that measures it. docs/explanation/hardening.md holds the same table. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How much is tried in each test run and with LONG=1; tests take their number from the same file (tests/threat-counts.ts). */
const counts = JSON.parse(readFileSync(join(import.meta.dirname, 'threat-counts.json'), 'utf8'))

/** `line` is a topic and a line of `npm run accept`; null where the test files are the whole measure. `long` files need LONG=1. */
export const threats = [
  threat(
    'T1',
    'the browser is killed during verdicts, signing, import',
    'hardening browser-kills',
    'tests/journeys/killed.test.ts',
  ),
  threat(
    'T2',
    'a crash or a power cut between any two writes of a save',
    'hardening crash-points',
    'tests/io/crash-points.test.ts',
    'tests/io/second-copy.test.ts',
  ),
  threat(
    'T3',
    'no room, a closed, aborted or missing store',
    'hardening quota',
    'tests/io/store-faults.test.ts',
    'tests/io/store-browser.test.ts',
    'tests/journeys/unkept.test.ts',
  ),
  threat(
    'T4',
    'two tabs that write at once, a stolen lock',
    'hardening races',
    'tests/io/store-faults.test.ts',
    'tests/journeys/tabs.test.ts',
  ),
  threat(
    'T5',
    'a ledger is changed',
    'signoff mutations',
    'tests/core/project/attacks/attacks.test.ts',
    'tests/core/project/ledger-text.test.ts',
    'tests/core/project/verify.test.ts',
  ),
  threat('T6', 'a Merkle proof is forged', null, 'tests/core/project/merkle.test.ts'),
  threat('T7', 'one document has two canonical forms', null, 'tests/core/canonical.test.ts'),
  threat('T8', 'a statistic is wrong', null, 'tests/core/review/sampling-tables.test.ts', 'tests/core/review/agreement.test.ts'),
  threat(
    'T9',
    'the risk limit is exceeded',
    null,
    'tests/core/review/simulated-audits.test.ts',
    'tests/core/review/stopping.test.ts',
  ),
  threat(
    'T10',
    'malformed CSV, JSON, XML, zip',
    'hardening fuzz',
    'tests/fuzz/corpora.test.ts',
    'tests/core/data/read/broken-files.test.ts',
    'tests/core/data/read/official.test.ts',
    'tests/core/data/read/containers.test.ts',
    'tests/core/data/read/json.test.ts',
    'tests/core/data/validate/validate.test.ts',
  ),
  threat(
    'T11',
    'two parsers read one file differently',
    null,
    'tests/core/data/read/readers-agree.test.ts',
    'tests/core/data/read/chunks.test.ts',
    'tests/core/data/read/every-offset.test.ts',
  ),
  threat(
    'T12',
    'script in a narrative, a label, a report',
    null,
    'tests/core/data/resource-view/narrative.test.ts',
    'tests/journeys/fhir-viewer.test.ts',
  ),
  threat(
    'T13',
    'data leave the page or a worker',
    'hardening sinks',
    'tests/journeys/ways-out/ways-out.test.ts',
    'tests/guards/navigation.test.ts',
  ),
  threat(
    'T14',
    'a column is called `__proto__`',
    null,
    'tests/core/data/rules/words-of-users.test.ts',
    'tests/core/data/fhir/hostile.test.ts',
    'tests/core/values/document.test.ts',
    'tests/fuzz/polluted-names.test.ts',
  ),
  threat(
    'T15',
    'a pattern or a file of rules takes for ever',
    null,
    'tests/core/data/checks/hostile-patterns.test.ts',
    'tests/core/data/rules/hostile-rules.test.ts',
  ),
  threat(
    'T16',
    'a small file unpacks to gigabytes',
    'hardening bombs',
    'tests/cli/bombs.test.ts',
    'tests/core/data/fhir/fhirpath/hostile.test.ts',
  ),
  threat('T17', 'a CSV cell is a formula', null, 'tests/core/values/spreadsheet.test.ts'),
  threat(
    'T18',
    'a sealed file is changed, cut or replayed',
    null,
    'tests/io/seal.test.ts',
    'tests/core/project/merge-projects.test.ts',
  ),
  threat(
    'T19',
    'two copies are joined in another order',
    null,
    'tests/core/project/merge-projects.test.ts',
    'tests/core/project/merge-maps.test.ts',
  ),
  threat(
    'T20',
    'somebody acts without the role',
    null,
    'tests/core/project/roles.test.ts',
    'tests/core/project/quarantine.test.ts',
    'tests/team/role-table.test.ts',
  ),
  threat(
    'T21',
    'a file of an earlier version',
    null,
    'tests/core/project/project.test.ts',
    'tests/core/project/kept-documents.test.ts',
  ),
  threat('T22', 'a test that notices nothing', 'house mutation'),
  threat('T23', 'a page that only a mouse can use', null, 'tests/journeys/accessibility.test.ts'),
  threat('T24', 'careless readers', null, 'tests/core/review/sensitivity.test.ts', 'tests/core/review/traps.test.ts'),
  // Met since: beside the numbers of the catalogue.
  threat('A3', 'values of small spaces are tried one by one against a written file', 'hardening small-spaces'),
  threat('A4', 'a name rules the terminal', 'hardening escapes', 'tests/core/values/terminal-text.test.ts'),
  threat(
    'A11',
    'a command is killed, or the disk is full, while it writes',
    'hardening disk-full',
    'tests/cli/whole-files.test.ts',
  ),
  threat('C1', 'the clock is set back', 'hardening clock', 'tests/app/session/clock-backwards.test.ts'),
]

function muchOf(id) {
  const count = counts[id]
  if (!count) return ''
  const [ci, long] = [count.ci, count.long].map((times) => times.toLocaleString('en'))
  return `${ci === long ? ci : `${ci}, long ${long}`} ${count.of}`
}

/** `row` is its line of the table in docs/explanation/hardening.md. */
function threat(id, words, line, ...tests) {
  const files = tests.map((file) => `\`${file}\``).join(', ')
  const much = muchOf(id)
  const row = `| ${id} | ${words} | ${much} | ${files} | \`${line ?? 'hardening catalogue'}\` |`
  return { id, threat: words, line, tests, much, row }
}
