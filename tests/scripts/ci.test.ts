/** The action and the hooks: their shell steps run here as a runner does, with the built command line. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../cli/command-line.ts'

const action = readFileSync(join(root, 'action.yml'), 'utf8')
const hooks = readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')
const page = (name: string): string => readFileSync(join(root, 'docs', 'how-to', name), 'utf8')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-ci-'))
  cpSync(join(root, 'samples', 'data'), join(folder, 'data'), { recursive: true })
  mkdirSync(join(folder, 'temp'))
  mkdirSync(join(folder, 'programs'))
  program('carryover', `exec "${process.execPath}" "${join(root, 'dist', 'cli', 'carryover.js')}" "$@"`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(name: string, text: string): void {
  const path = join(folder, 'programs', name)
  writeFileSync(path, `#!/usr/bin/env bash\n${text}\n`)
  chmodSync(path, 0o755)
}

/** The script of a step, as the runner writes it into a file. */
function scriptOf(step: string): string {
  const text = action.slice(action.indexOf(`    - name: ${step}\n`)).split(/\n {4}- name: /)[0] ?? ''
  const [, indented = ''] = /\n {6}run: \|\n([\s\S]*)$/.exec(text) ?? []
  const [, line = ''] = /\n {6}run: (?!\|)(.*)/.exec(text) ?? []
  return indented === '' ? line : indented.replace(/^ {8}/gm, '')
}

interface Ended {
  readonly code: number | null
  readonly err: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

function runStep(step: string, env: Readonly<Record<string, string>>): Ended {
  const [output, summary] = [join(folder, 'temp', 'output'), join(folder, 'temp', 'summary')]
  for (const file of [output, summary]) writeFileSync(file, '')
  const script = join(folder, 'temp', 'step.sh')
  writeFileSync(script, scriptOf(step))
  const done = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'programs')}${delimiter}${process.env.PATH ?? ''}`,
      HOME: folder,
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_REPOSITORY: 'clinic/migration',
      ...env,
    },
  })
  return {
    code: done.status,
    err: done.stderr,
    outputs: Object.fromEntries(
      readFileSync(output, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    summary: readFileSync(summary, 'utf8'),
  }
}

const inputs = {
  INPUT_PATH: 'data/*.csv\n',
  INPUT_SCHEMA: 'data/datapackage.json\n',
  INPUT_CHECKS: '',
  FAIL_ON: 'error',
  COMMAND: 'carryover',
  ACTION_PATH: root,
}

test('the check writes SARIF, a summary without values, and how it ended', () => {
  const { code, outputs, summary } = runStep('Check', inputs)
  expect(code).toBe(0)
  expect(outputs['exit-code']).toBe('1')
  const sarif = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'))
  expect([sarif.version, sarif.runs.length, sarif.runs[0].results.length >= 4]).toEqual(['2.1.0', 1, true])
  for (const { locations = [] } of sarif.runs[0].results)
    for (const { physicalLocation } of locations) expect(physicalLocation?.artifactLocation.uri ?? 'data/').toMatch(/^data\//)
  expect(summary).toBe(readFileSync(outputs.report ?? '', 'utf8'))
  expect(summary).toMatch(/^# Data check\n/)
  expect(runStep('Result', { CODE: outputs['exit-code'] ?? '' }).code).toBe(1)
  expect(runStep('Check', { ...inputs, FAIL_ON: 'never' }).outputs['exit-code']).toBe('0')
  // Without a command it is the version of the checkout.
  expect(runStep('Check', { ...inputs, COMMAND: '' }).outputs['exit-code']).toBe('1')
  console.log(`ci action: check, comment and result run by bash; ${sarif.runs[0].results.length} results in SARIF`)
})

test('several inputs and rules are taken line by line, and none of them as an option or as a command', () => {
  const { outputs } = runStep('Check', {
    ...inputs,
    INPUT_PATH: 'data/patients.csv\n\ndata/allergies.csv',
    INPUT_CHECKS: 'data/rules.json',
    FAIL_ON: 'never',
  })
  const { runs } = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'))
  expect(runs[0].artifacts.map(({ location }: { location: { uri: string } }) => location.uri)).toEqual(
    expect.arrayContaining(['data/patients.csv', 'data/allergies.csv']),
  )
  const hostile = runStep('Check', { ...inputs, INPUT_PATH: '--reveal\n$(touch made)\n`touch made`;touch made' })
  expect(hostile.code).toBe(3)
  expect(hostile.err).toContain('--reveal')
  expect(existsSync(join(folder, 'made'))).toBe(false)
})

test('what can not be read ends the step at once, with the exit code of the command line', () => {
  const missing = runStep('Check', { ...inputs, INPUT_PATH: 'data/none.csv' })
  expect([missing.code, missing.outputs, missing.summary]).toEqual([3, {}, ''])
  expect(runStep('Check', { ...inputs, FAIL_ON: 'sometimes' }).code).toBe(2)
})

test.each([
  ['', ['--method POST repos/clinic/migration/issues/7/comments']],
  ['991', ['--method PATCH repos/clinic/migration/issues/comments/991']],
])('the comment is written once and then over itself: earlier one "%s"', (earlier, wanted) => {
  program('gh', `case "$*" in *--paginate*) echo "${earlier}";; *) echo "$*" >> asked;; esac`)
  writeFileSync(join(folder, 'report.md'), `# Data check\n${'x'.repeat(70_000)}`)
  expect(runStep('Comment', { GH_TOKEN: 't', NUMBER: '7', REPORT: join(folder, 'report.md') })).toMatchObject({
    code: 0,
    err: '',
  })
  const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')
  expect(asked.map((line) => line.replace(/^api --silent /, '').replace(/ --field.*/, ''))).toEqual(wanted)
  const [, body = ''] = /body=@(\S+)/.exec(asked[0] ?? '') ?? []
  const text = readFileSync(body, 'utf8')
  expect(text.startsWith('<!-- carryover -->\n# Data check')).toBe(true)
  expect(text.length).toBeLessThan(65_536)
})

test('every action it uses is pinned by its commit, and the page documents every input and output', () => {
  const used = [...action.matchAll(/uses: (\S+)(.*)/g)]
  expect(used.length).toBe(2)
  for (const [line, name = '', comment = ''] of used) {
    expect(name, line).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/)
    expect(comment, line).toMatch(/^ # v\d+\.\d+\.\d+$/)
  }
  const named = (from: string, to: string): string[] =>
    [...action.slice(action.indexOf(from), action.indexOf(to)).matchAll(/^ {2}([\w-]+):$/gm)].map(([, name = '']) => name)
  const [given, told] = [named('\ninputs:', '\noutputs:'), named('\noutputs:', '\nruns:')]
  expect([given.length, told.length]).toEqual([8, 3])
  for (const name of [...given, ...told]) expect(page('ci.md'), name).toContain(`\`${name}\``)
  // No expression stands inside of a script: what others wrote would be run.
  for (const step of ['Check', 'Comment', 'Result']) expect(scriptOf(step)).toMatch(/^(?![\s\S]*\$\{\{)[\s\S]*\S/)
})

test('each hook runs as pre-commit runs it, on the files that its pattern takes', () => {
  const entries = [...hooks.matchAll(/- id: (\S+)[\s\S]*?entry: carryover (.*)\n[\s\S]*?files: (.*)\n/g)]
  expect(entries.map(([, id]) => id)).toEqual(['carryover-validate', 'carryover-verify'])
  for (const [, id = ''] of entries) expect(page('pre-commit.md')).toContain(id)
  const run = (words: readonly string[]) =>
    spawnSync(join(folder, 'programs', 'carryover'), words, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    })
  const [, , validate = '', files = ''] = entries[0] ?? []
  const tables = ['data/patients.csv', 'data/allergies.csv', 'notes.md'].filter((name) => new RegExp(files).test(name))
  expect(tables).toEqual(['data/patients.csv', 'data/allergies.csv'])
  const found = run([...validate.split(' '), '--schema', 'data/datapackage.json', ...tables])
  expect([found.status, found.stdout.includes('data/patients.csv')]).toEqual([1, true])
  expect(run([...validate.split(' '), '--fail-on', 'never', ...tables]).status).toBe(0)
  const [, , verify = '', projects = ''] = entries[1] ?? []
  for (const path of ['riverside/ledger.jsonl', 'riverside/carryover.json', 'kept/riverside.carryover'])
    expect(new RegExp(projects).test(path), path).toBe(true)
  const written = spawnSync(
    process.execPath,
    [join(root, 'dist/cli/carryover.js'), 'example', '--out', 'riverside', '--patients', '50'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  expect(written.stderr).toBe('')
  expect(run([...verify.split(' '), 'riverside']).stdout).toContain('ledger')
})
