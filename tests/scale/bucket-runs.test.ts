/** Spread runs by the built command line whose work folder is a bucket: every engine but Slurm, killed, resumed, cancelled. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Printed, root } from '../cli/command-line.ts'
import { type StoreDouble, secret, storeDouble } from '../io/s3/store-double.ts'
import { testQueues } from './queues.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-bucket-runs-'))
const key = '5a'.repeat(32)
let store: StoreDouble
beforeAll(async () => {
  store = await storeDouble()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Going {
  readonly ended: Promise<Printed>
  kill(): void
}

/** The store answers in this process, so it may not stand still meanwhile. */
function begin(words: readonly string[], more: Readonly<Record<string, string>> = { CARRYOVER_RUN_KEY: key }): Going {
  const env = { ...process.env, ...store.env, NO_COLOR: '1', ...more }
  const child = spawn(process.execPath, [join(root, 'dist/cli/carryover.js'), ...words], { cwd: root, env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.err += text
  })
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)))
  return { ended: ended.then((code) => ({ code, ...said })), kill: () => void child.kill('SIGKILL') }
}

async function carryover(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<Printed> {
  return await begin(words, more).ended
}

const check = [
  'validate',
  'samples/data/patients.csv',
  '--schema',
  'samples/data/datapackage.json',
  '--as-of',
  '2026-01-01',
  '--quiet',
]

test('a run with its work in a bucket gives the report of the verb alone; no key and no value lies there', async () => {
  const alone = await carryover(check)
  const work = 's3://extract/runs/first'
  const run = await carryover(['run', ...check, '--engine', 'local:2', '--work', work, '--block', '64'])
  expect({ code: run.code, out: run.out }).toEqual({ code: alone.code, out: alone.out })
  const kept = [...store.objects].filter(([name]) => name.startsWith('runs/first/'))
  expect(kept.length).toBeGreaterThan(10)
  expect(kept.filter(([name]) => name.startsWith('runs/first/shuffle/'))).toEqual([])
  const cells = readFileSync(join(root, 'samples/data/patients.csv'), 'utf8')
    .split(/[,\n]/)
    .filter((cell) => cell.length > 5)
  for (const [, bytes] of kept) {
    const text = Buffer.from(bytes).toString('latin1')
    for (const word of [key, secret]) expect(text).not.toContain(word)
  }
  const parts = kept.filter(([name]) => !name.endsWith('/plan.json')).map(([, bytes]) => Buffer.from(bytes).toString('latin1'))
  for (const cell of cells.slice(9)) expect(parts.filter((text) => text.includes(cell))).toEqual([])
  const status = await carryover(['run', '--status', work], {})
  expect(status.out).toContain('every task ended')
})

test('the key is asked for, never laid beside the rows; another one is refused by name', async () => {
  const work = 's3://extract/runs/keyless'
  const run = await carryover(['run', ...check, '--engine', 'local:1', '--work', work], {})
  expect([run.code, run.err]).toEqual([3, expect.stringContaining('Set CARRYOVER_RUN_KEY to 64 hexadecimal digits')])
  const short = await carryover(['run', ...check, '--engine', 'local:1', '--work', work], { CARRYOVER_RUN_KEY: '5a' })
  expect([short.code, short.err]).toEqual([3, expect.stringContaining('CARRYOVER_RUN_KEY takes 64 hexadecimal digits')])
  await carryover(['run', ...check, '--work', work, '--print-job', 'kubernetes'])
  const other = await carryover(['run', '--resume', work, '--engine', 'local:1', '--quiet'], {
    CARRYOVER_RUN_KEY: 'b7'.repeat(32),
  })
  expect([other.code, other.err]).toEqual([3, expect.stringContaining('CARRYOVER_RUN_KEY is not the key with which the run')])
  expect([...store.objects.keys()].filter((name) => name.startsWith('runs/keyless/attempts/'))).toEqual([])
  const same = await carryover(['run', '--resume', work, '--engine', 'local:1', '--quiet'])
  expect({ code: same.code, out: same.out }).toEqual(await carryover(check).then(({ code, out }) => ({ code, out })))
})

test('a store that can not hold a run, and an address that is none, are told in a sentence', async () => {
  store.knowsConditions = false
  const old = await carryover(['run', ...check, '--engine', 'local:1', '--work', 's3://extract/runs/old'])
  store.knowsConditions = true
  expect([old.code, old.err]).toEqual([3, expect.stringContaining('it does not know If-None-Match')])
  expect([...store.objects.keys()].filter((name) => name.startsWith('runs/old/'))).toEqual(['runs/old/first-counts.json'])
  const none = await carryover(['run', '--status', 's3://'])
  expect([none.code, none.err]).toEqual([3, expect.stringContaining('s3:// is no address of an object')])
  const keyless = await carryover(['worker', '--work', 's3://extract/runs', '--share', '0/1'], { AWS_ACCESS_KEY_ID: '' })
  expect([keyless.code, keyless.err]).toEqual([3, expect.stringContaining('AWS_ACCESS_KEY_ID')])
})

test('a command that is killed in mid-run is gone on with; a run that was called off is not', async () => {
  const work = 's3://extract/runs/killed'
  const going = begin(['run', ...check, '--engine', 'local:1', '--work', work, '--block', '64'])
  while (![...store.objects.keys()].some((name) => name.startsWith('runs/killed/done/census')))
    await new Promise((go) => setTimeout(go, 20))
  going.kill()
  await going.ended
  const run = await carryover(['run', '--resume', work, '--engine', 'local:1', '--quiet'])
  expect({ code: run.code, out: run.out }).toEqual(await carryover(check).then(({ code, out }) => ({ code, out })))
  const off = 's3://extract/runs/off'
  await carryover(['run', ...check, '--work', off, '--print-job', 'kubernetes'])
  expect((await carryover(['run', '--cancel', off], {})).code).toBe(0)
  const again = await carryover(['run', '--resume', off, '--engine', 'local:1'])
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('was cancelled')])
})

test('keys of the store that expire in mid-run stop it with a sentence; with new ones it goes on', async () => {
  const work = 's3://extract/runs/expired'
  store.trouble = (request) =>
    request.method === 'PUT' && /parts\/map-000001/.test(request.url ?? '') ? { status: 403, code: 'ExpiredToken' } : null
  const first = await carryover(['run', ...check, '--engine', 'local:1', '--work', work, '--block', '64'])
  store.trouble = () => null
  expect([first.code, first.err]).toEqual([3, expect.stringContaining('The keys in the environment have expired')])
  const run = await carryover(['run', '--resume', work, '--engine', 'local:1', '--quiet'])
  expect({ code: run.code, out: run.out }).toEqual(await carryover(check).then(({ code, out }) => ({ code, out })))
})

test('a job for pods asks for a secret in place of a claim, and Slurm refuses a bucket', async () => {
  const work = 's3://extract/runs/pods'
  const { out } = await carryover(['run', ...check, '--work', work, '--print-job', 'kubernetes'])
  expect(out).toContain('"secretRef"')
  expect(out).not.toMatch(/"claimName": "carryover-work"/)
  const slurm = await carryover(['run', ...check, '--work', work, '--engine', 'slurm'])
  expect([slurm.code, slurm.err]).toEqual([2, expect.stringContaining('slurm needs --work on a disk')])
})

const queues = testQueues.flatMap(({ kind, address }) => (address === null ? [] : [[kind, address] as const]))

test.skipIf(queues.length === 0).each(queues)('a worker of %s at a bucket of runs takes what comes', async (kind, address) => {
  const runs = `s3://extract/served-${kind}`
  const worker = begin(['worker', '--engine', address, '--work', runs])
  try {
    const run = await carryover(['run', ...check, '--engine', address, '--work', `${runs}/one`, '--block', '64'])
    expect({ code: run.code, out: run.out }).toEqual(await carryover(check).then(({ code, out }) => ({ code, out })))
  } finally {
    worker.kill()
    await worker.ended
  }
})
