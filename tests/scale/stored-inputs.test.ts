/** Inputs from an object store on the built command line: alone and in tasks, and an object that changes meanwhile. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Printed, root } from '../cli/command-line.ts'
import { type StoreDouble, secret, storeDouble } from '../io/s3/store-double.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-stored-'))
const patients = readFileSync(join(root, 'samples/data/patients.csv'))
let store: StoreDouble
beforeAll(async () => {
  store = await storeDouble()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The store answers in this process, so it may not stand still meanwhile. */
async function carryover(...words: readonly string[]): Promise<Printed> {
  const env = { ...process.env, ...store.env, NO_COLOR: '1' }
  const child = spawn(process.execPath, [join(root, 'dist/cli/carryover.js'), ...words], { cwd: root, env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.err += text
  })
  const code = await new Promise<number>((resolve) => child.on('close', (ended) => resolve(ended ?? -1)))
  return { code, ...said }
}

const words = ['--schema', 'samples/data/datapackage.json', '--as-of', '2026-01-01', '--quiet']

test('objects are checked like files, alone and in tasks, and no key stands in the work folder', async () => {
  store.objects.set('2026/patients.csv', patients)
  const ofFile = await carryover('validate', 'samples/data/patients.csv', ...words)
  const alone = await carryover('validate', 's3://extract/2026/*.csv', ...words)
  const named = ofFile.out.replaceAll('samples/data/patients.csv', 's3://extract/2026/patients.csv')
  expect({ code: alone.code, out: alone.out }).toEqual({ code: ofFile.code, out: named })
  const work = join(folder, 'work')
  const spread = ['run', 'validate', 's3://extract/2026/*.csv', ...words, '--engine', 'local:1', '--work', work, '--block', '64']
  const run = await carryover(...spread)
  expect({ code: run.code, out: run.out }).toEqual({ code: alone.code, out: alone.out })
  const kept = readdirSync(work, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(kept.length).toBeGreaterThan(5)
  for (const { parentPath, name } of kept) expect(readFileSync(join(parentPath, name), 'latin1')).not.toContain(secret)
})

test('an object of the same size that was written anew stops a run by name', async () => {
  store.objects.set('rows.csv', patients)
  const work = join(folder, 'changed')
  await carryover('run', 'validate', 's3://extract/rows.csv', ...words, '--work', work, '--print-job', 'kubernetes')
  store.objects.set(
    'rows.csv',
    Uint8Array.from(patients, (byte) => (byte === 0x31 ? 0x32 : byte)),
  )
  const run = await carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect(run.code).toBe(3)
  expect(run.err).toContain('rows.csv is not in the state in which it was when the run began')
})

test('what is not there, and missing keys, are told in a sentence with exit code 3', async () => {
  const missing = await carryover('profile', 's3://extract/none.csv')
  expect([missing.code, missing.err]).toEqual([3, expect.stringContaining('There is no object s3://extract/none.csv')])
  const { env } = store
  Object.assign(store, { env: { ...env, AWS_ACCESS_KEY_ID: '' } })
  const keyless = await carryover('validate', 's3://extract/rows.csv')
  Object.assign(store, { env })
  expect([keyless.code, keyless.err]).toEqual([3, expect.stringContaining('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')])
})
