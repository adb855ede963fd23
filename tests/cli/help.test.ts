import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryover, root, writeSample } from './command-line.ts'

const verbs = [
  'serve',
  'static',
  'validate',
  'profile',
  'map',
  'reconcile',
  'link',
  'compare',
  'simulate',
  'discover',
  'conform',
  'convert',
  'sample',
  'agreement',
  'verify',
  'readiness',
  'report',
  'run',
  'baseline',
  'example',
  'completion',
  'about',
]
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-cli-'))
  expect(writeSample('--out', join(folder, 'riverside'), '--patients', '50').code).toBe(0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('help lists every verb', () => {
  const { out } = carryover('--help')
  for (const verb of verbs) expect(out).toMatch(new RegExp(`^  ${verb} `, 'm'))
})

const subcommands = [
  ...['size', 'bound', 'draw', 'audit', 'lot', 'sequential', 'worklist', 'hazards'].map((name) => ['sample', name]),
  ...['compare', 'trend', 'worklist', 'accept'].map((name) => ['baseline', name]),
]
const commands = [...verbs.filter((verb) => verb !== 'sample' && verb !== 'baseline').map((verb) => [verb]), ...subcommands]

test.each(commands.map((path) => path.join(' ')))('the example in the help of %s runs', (path) => {
  const { out, code } = carryover(...path.split(' '), '--help')
  expect(code).toBe(0)
  const lines = [...out.slice(out.indexOf('Example')).matchAll(/^ {2}carryover (.+)$/gm)].map(([, words = '']) => words)
  // Other verbs name first what writes the files that they read; it ran before.
  const example = lines.find((words) => path === 'example' || !words.startsWith('example '))
  expect(example).toBeDefined()
  // Serving waits for a person to stop it; its options are tested with the server.
  if (path === 'serve') return
  const args = (example ?? '').split(' ').map((word) => (word.startsWith('riverside') ? join(folder, word) : word))
  const ran = carryover(...args)
  // A project as it is made has a ledger that names none of its files.
  expect(path === 'verify' ? [5] : [0, 1]).toContain(ran.code)
  expect(ran.out.length).toBeGreaterThan(10)
})

test('every verb stands in the table of the command line, and the README leads there', () => {
  const table = readFileSync(join(root, 'docs', 'reference', 'command-line.md'), 'utf8')
  for (const verb of verbs) expect(table).toMatch(new RegExp(`^\\| \`carryover ${verb}[ \`]`, 'm'))
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('(docs/reference/command-line.md)')
})

test.each([
  [['validate', '--fail-on', 'sometimes', 'samples/data/patients.csv'], '--fail-on'],
  [['sample', 'size', '--population', 'many', '--tolerable', '0.01'], '--population'],
  [['serve', '--port', 'x', '--no-open'], '--port'],
  [['readiness', '.', '--as-of', 'yesterday'], '--as-of'],
  [['readiness', '.', '--as-of', '9999-01-01', '--keep', '--input', 'goals=goals.csv'], 'which has not come yet'],
  [['validate', 'samples/data/patients.csv', '--colour'], '--colour'],
])('wrong use of %j is one sentence that names the flag, with exit code 2', (args, flag) => {
  const { code, err } = carryover(...args)
  expect(code).toBe(2)
  expect(err).toContain(flag)
  expect(err).not.toContain('    at ')
})

test('a file that is not there is named, with exit code 3', () => {
  const { code, err, out } = carryover('validate', 'no-such-file.csv')
  expect(code).toBe(3)
  expect(err + out).toContain('no-such-file.csv')
})

test('the same inputs give the same bytes, but for the run', () => {
  const once = (): unknown => {
    const { run: _run, ...rest } = JSON.parse(
      carryover('validate', 'samples/data/*.csv', '--schema', 'samples/data/datapackage.json', '--format', 'json').out,
    )
    return rest
  }
  expect(JSON.stringify(once())).toBe(JSON.stringify(once()))
})
