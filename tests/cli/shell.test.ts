/** The command line between other programs: pipes that close early, pipes as inputs, Ctrl-C, and completion in a real shell. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryover, root } from './command-line.ts'

const has = (program: string): boolean => spawnSync('which', [program]).status === 0
const cli = `${process.execPath} ${join(root, 'dist/cli/carryover.js')}`

function shell(script: string): { readonly code: number; readonly out: string; readonly err: string } {
  const done = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr }
}

let folder: string
let log: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-shell-'))
  log = join(folder, 'log.csv')
  const rows = Array.from(
    { length: 40_000 },
    (_, i) => `${i >> 3},A${i % 7},2024-01-01T00:${String((i >> 3) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}Z`,
  )
  writeFileSync(log, `case,activity,timestamp\n${rows.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!has('bash'))('in a shell', () => {
  const data = "'samples/data/*.csv' --schema samples/data/datapackage.json --fail-on never"
  const map = 'samples/riverside/workflows/refill'
  test.each([
    ...['text', 'json', 'ndjson', 'html'].map((format) => `validate ${data} --format ${format}`),
    `profile 'samples/data/*.csv' --format json`,
    `discover ${'LOG'} --format json`,
    `convert LOG --to xes`,
    `convert ${map}/current.json --to bpmn`,
    `simulate ${map}/future.json --scenario ${map}/scenario.json --cases 50 --replications 2`,
    'sample size --population 5000 --tolerable 0.01',
    'completion fish',
    'validate --help',
  ])('a reader that leaves at once changes neither exit code nor standard error: %s', (words) => {
    const { out, err } = shell(`${cli} ${words.replace('LOG', log)} --quiet | true; echo "code \${PIPESTATUS[0]}"`)
    expect(err).toBe('')
    expect(out).toBe('code 0\n')
  })

  test('files beside a closed pipe are whole', () => {
    const out = join(folder, 'report.json')
    shell(`${cli} validate ${data} --format text --format json --out ${out} --quiet | true`)
    expect(JSON.parse(readFileSync(out, 'utf8')).inputs).toHaveLength(2)
  })

  test('a closed standard error does not stop a run', () => {
    expect(shell(`${cli} validate ${data} --format csv 2> >(true); echo "code $?"`).out).toMatch(/^\S*code[\s\S]*code 0\n$/)
  })

  test('a full disk behind standard output is told, not traced', () => {
    const { code, err } = shell(`${cli} validate ${data} > /dev/full`)
    expect(code).toBe(3)
    expect(err).toMatch(/could not be written to standard output: ENOSPC/)
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('process substitution, named pipes and standard input are read like files', () => {
    // Quiet: a slow machine may print progress, which is no word about the input.
    const records = (words: string): unknown => {
      const { out, err } = shell(words)
      expect(err).toBe('')
      return JSON.parse(out).inputs.map(({ records: n }: { records: number }) => n)
    }
    expect(records(`${cli} validate <(cat samples/data/patients.csv) --format json --quiet --fail-on never`)).toEqual([4])
    expect(records(`cat samples/data/patients.csv | ${cli} validate - --format json --quiet --fail-on never`)).toEqual([4])
    const pipe = join(folder, 'pipe')
    expect(
      records(`mkfifo ${pipe}; cat samples/data/patients.csv > ${pipe} & ${cli} profile ${pipe} --format json --quiet`),
    ).toEqual([4])
    expect(shell(`cat ${log} | ${cli} discover - --quiet`).out).toContain('5000 cases, 40000 events')
    expect(shell(`${cli} convert - --to mmd < ${map}/current.json`).out).toMatch(/^flowchart/m)
    expect(shell(`${cli} agreement <(printf 'item,a,b\\n1,x,x\\n2,x,y\\n') --format json`).code).toBe(0)
  })

  test('a pipe for both sides of a reconciliation is refused', () => {
    const { code, err } = shell(`cat samples/data/patients.csv | ${cli} reconcile --legacy - --target - --key mrn`)
    expect(code).toBe(2)
    expect(err).toContain('"-" was given twice')
  })

  test('bash completes verbs, verbs of a group, flags, choices and files', () => {
    const script = join(folder, 'completion.bash')
    writeFileSync(script, carryover('completion', 'bash').out)
    const complete = (...words: readonly string[]): string[] =>
      shell(
        `. ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _carryover; printf '%s\\n' "\${COMPREPLY[@]}"`,
      )
        .out.trim()
        .split('\n')
    expect(complete('carryover', 'va')).toEqual(['validate'])
    expect(complete('carryover', '')).toEqual(expect.arrayContaining(['serve', 'reconcile', 'completion']))
    expect(complete('carryover', 'sample', '')).toEqual(expect.arrayContaining(['size', 'bound', 'draw']))
    expect(complete('carryover', 'sample', 'size', '--po')).toEqual(['--population'])
    expect(complete('carryover', 'validate', '--fail-on', '')).toEqual(['critical', 'error', 'warning', 'never'])
    expect(complete('carryover', 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(complete('carryover', '--q')).toEqual(['--quiet'])
    expect(complete('carryover', 'validate', '--schema', 'samples/data/datap')).toEqual(['samples/data/datapackage.json'])
    expect(complete('carryover', 'validate', 'samples/data/pat')).toEqual(['samples/data/patients.csv'])
  })
})

test.each(['zsh', 'fish'].map((name) => [name] as const))('%s takes its completion script', (name) => {
  const { out } = carryover('completion', name)
  const script = join(folder, `completion.${name}`)
  writeFileSync(script, out)
  // Where the shell is absent, quotes and brackets are counted: an unclosed one would break the whole script.
  if (has(name)) expect(spawnSync(name, ['-n', script]).status).toBe(0)
  for (const line of out.split('\n').filter((one) => !one.startsWith('#'))) {
    const bare = line.replace(/\\['\\]/g, '').replace(/'\\''/g, '')
    expect(`${line}: ${(bare.match(/'/g) ?? []).length % 2}`).toBe(`${line}: 0`)
  }
  expect(out).toMatch(name === 'zsh' ? /^#compdef carryover\n/ : /^complete -c carryover /m)
})

test('Ctrl-C ends with 130 and says what there is', async () => {
  const big = join(folder, 'big.csv')
  writeFileSync(big, `id,name\n${Array.from({ length: 1_500_000 }, (_, i) => `${i},name ${i}`).join('\n')}\n`)
  const child = spawn(process.execPath, [join(root, 'dist/cli/carryover.js'), 'validate', big, '--format', 'json'], { cwd: root })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    // The first line of progress says that reading has begun.
    if (err === '') child.kill('SIGINT')
    err += String(chunk)
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(130)
  expect(err).toContain('Interrupted; the result covers what was read so far.')
  expect(JSON.parse(out)).toMatchObject({ partial: true })
})

test('a host that is no address of this machine is one sentence, not an error of the program', () => {
  const { code, err } = carryover('serve', '--host', 'no such host', '--port', '0')
  expect([code, err]).toEqual([2, expect.stringContaining('--host got "no such host", which is no address of this machine')])
})
