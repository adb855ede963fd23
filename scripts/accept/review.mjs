/** Acceptance of the clinicians' sign-off: tables, risk, traps, ledger, merge, sealing, and the review in a real browser. */
import { build } from '../setup.mjs'
import { needBrowser, printed, tests } from './measure.mjs'

const core = 'tests/core/review'
const project = 'tests/core/project'

/** The same tests with the counts of `npm run test:long`. */
function long(files, options) {
  process.env.LONG = '1'
  try {
    return tests(files, ['--testTimeout=3600000', ...(options ?? [])])
  } finally {
    delete process.env.LONG
  }
}

/** Met where the tests pass and the figure behind these words, in seconds or milliseconds as printed, is at most this. */
function within(outcome, words, most) {
  const [, figure] = new RegExp(`${words}: ([\\d.]+)`).exec(outcome.figure) ?? []
  return { ...outcome, ok: outcome.ok && figure !== undefined && Number(figure) <= most }
}

/** Runs a printed long journey on the built app. */
function journey(file, figure) {
  build()
  return printed([file], figure, { LONG: '1', CHROMIUM: needBrowser() })
}

export const lines = [
  {
    name: 'tables',
    line: 'every row of the reference tables: integers exact, reals ≤ 1e-8; draw and Merkle vectors',
    measure: () =>
      tests([
        `${core}/sampling-tables.test.ts`,
        `${core}/plan-and-result.test.ts`,
        `${core}/familiar-plans.test.ts`,
        `${core}/agreement.test.ts`,
        `${core}/audit.test.ts`,
        `${core}/draw.test.ts`,
        `${project}/merkle.test.ts`,
      ]),
  },
  {
    name: 'canonical',
    line: 'canonical JSON: every vector, and 10,000 random documents the same through a second implementation; SHA-256 as another has it',
    measure: () => tests(['tests/core/canonical.test.ts', 'tests/core/sha256.test.ts']),
  },
  {
    name: 'risk',
    line: '20,000 simulated audits × 6 designs at tolerance: accepted ≤ 5 % risk limit + 3 standard errors (5.46 %); ≥ 95 % of good lots within 3× c = 0',
    measure: () => printed([`${core}/simulated-audits.test.ts`, `${core}/stopping.test.ts`], /simulated audits/, { LONG: '1' }),
  },
  {
    name: 'early',
    line: 'reading may stop early: the verdicts that suffice sign, one fewer does not; too many wrong ones lead to full review',
    measure: () => tests([`${core}/stopping.test.ts`, `${project}/early-stop.test.ts`, `${core}/audit.test.ts`]),
  },
  {
    name: 'defects',
    line: 'planted differences of four samples: 100 % at their record and code, critical ones included; nothing else reported, so 0 false alarms',
    measure: () => tests([`${core}/pair.test.ts`]),
  },
  {
    name: 'traps',
    line: 'seeded defects pass through the same comparison; the corrected bound gates; scripted readers covered ≥ 93 %',
    measure: () =>
      long([`${core}/traps.test.ts`, `${core}/trap-plan.test.ts`, `${core}/sensitivity.test.ts`, `${project}/trap-list.test.ts`]),
  },
  {
    name: 'readers',
    line: 'second reader blind, third decides, agreement gate; one person in two roles is found (V6)',
    measure: () => tests([`${core}/double-reading.test.ts`, `${project}/verify.test.ts`, 'tests/app/review']),
  },
  {
    name: 'tampering',
    line: '10,000 of 10,000 mutations of a ledger found and named; the short ways to read and write an entry are RFC 8785 in 30,000 runs',
    measure: () => long([`${project}/verify.test.ts`, `${project}/ledger-text.test.ts`]),
  },
  {
    name: 'verify',
    line: '100,000 entries verified in ≤ 1.5 s on the command line, process start included',
    measure: () => within(journey('tests/cli/long-ledger.long.test.ts', /^100,000 entries/), 'process start included', 1.5),
  },
  {
    name: 'verify-browser',
    line: '100,000 entries verified in ≤ 3 s in the browser, beside the page',
    measure: () => within(journey('tests/journeys/long-ledger.long.test.ts', /^100,000 entries/), 'its start included', 3),
  },
  {
    name: 'merge',
    line: '10,000 random merges of 2–5 replicas, clocks ± 10 years: same root, nothing lost',
    measure: () => long([`${project}/merge-projects.test.ts`]),
  },
  {
    name: 'sealing',
    line: '1,000 of 1,000 corrupted sealed bundles refused without partial plaintext',
    measure: () => long(['tests/io/seal.test.ts']),
  },
  {
    name: 'killed',
    line: '200 cycles of kill -9 while verdicts are given (25 in every build): 0 of those shown as recorded lost, the ledger verifies after each',
    measure: () => long(['tests/journeys/killed.test.ts']),
  },
  {
    name: 'next-record',
    line: 'in a sample of 5,000 the next record is painted ≤ 100 ms after its key (p95) and a verdict is on disk ≤ 50 ms after its own (p95)',
    measure: () => {
      const outcome = journey('tests/journeys/large-sample.long.test.ts', /^5000 records/)
      const next = within(outcome, 'painted after a key, p95', 100)
      return { ...outcome, ok: next.ok && within(outcome, 'on disk after a key, p95', 50).ok }
    },
  },
  {
    name: 'keys',
    line: 'a chart takes one key for each section and at most two for a defect; the whole review goes by keyboard alone',
    measure: () => {
      build()
      return printed(['tests/journeys/clinician.test.ts'], /^keys for a chart/, { CHROMIUM: needBrowser() })
    },
  },
  {
    name: 'journeys',
    line: 'a second reader and a third, a sealed bundle read by touch at 1024 × 768, several tabs, axe 0',
    measure: () =>
      tests([
        'tests/journeys/second-reader.test.ts',
        'tests/journeys/reader-bundle.test.ts',
        'tests/journeys/tabs.test.ts',
        'tests/journeys/accessibility.test.ts',
      ]),
  },
  {
    name: 'hostile',
    line: 'hostile narratives: 0 executions, 0 requests; formulas in CSV in both export modes exact; JSON, files and patterns that harm are told',
    measure: () =>
      tests([
        'tests/core/data/resource-view/narrative.test.ts',
        'tests/journeys/fhir-viewer.test.ts',
        'tests/core/values/spreadsheet.test.ts',
        'tests/core/data/checks/hostile-patterns.test.ts',
        'tests/core/data/read/json.test.ts',
        'tests/core/data/validate/validate.test.ts',
      ]),
  },
]
