import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addBaseline } from '../../src/cli/data/baseline.ts'
import { cliDevice, usualKeyFile } from '../../src/cli/project/device-key.ts'
import { record } from '../../src/core/project/acts/hand.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { verifyProject } from '../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../src/io/keys/signature-web.ts'
import { readProject, writeProject } from '../../src/io/store/store-node.ts'
import { exampleProject, exampleRun } from '../core/project/example-project.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-key-'))
const finding = {
  code: 'data/value-list',
  severity: 'error',
  place: 'sex',
  input: 'allergies.csv',
  count: 4,
  denominator: null,
  patients: null,
  fingerprint: 'c'.repeat(64),
  outcome: null,
} as const

let said = ''
beforeEach(() => {
  said = ''
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

async function accept(path: string, ...more: readonly string[]): Promise<void> {
  const program = new Command('carryover').exitOverride()
  addBaseline(program.command('baseline'))
  const wanted = ['--finding', finding.fingerprint, '--reason', 'A known quirk', '--by', 'A. Reader', '--expires', '2099-12-31']
  await program.parseAsync(['baseline', 'accept', path, ...wanted, ...more], { from: 'user' })
}

async function project(name: string): Promise<string> {
  const path = join(folder, name)
  const base = exampleProject()
  await writeProject(path, saveProject({ ...base, runs: [{ ...exampleRun, findings: [finding] }] }))
  return path
}

async function v10(path: string): Promise<string | undefined> {
  const report = await verifyProject(await readProject(path), webVerifier)
  expect(report?.checks.filter(({ ok }) => !ok)).toEqual([])
  return report?.checks.find(({ id }) => id === 'V10')?.why
}

test('what the command line writes is signed with a key of its user, which nobody else may read', async () => {
  const path = await project('signed')
  await accept(path)
  expect(await v10(path)).toMatch(/^1 chain is signed by its device; 7 entries of devices without a key are not/)
  const file = usualKeyFile()
  expect(file.startsWith(join(folder, 'state', 'carryover'))).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  // The same key speaks again; another project gets a chain of the same name.
  const before = readFileSync(file, 'utf8')
  await accept(path)
  expect(readFileSync(file, 'utf8')).toBe(before)
  const { project: kept } = openProject(await readProject(path))
  const devices = new Set(kept?.ledger.map(({ device }) => device))
  expect([...devices]).toEqual(['d1', (await cliDevice(undefined)).device])
  expect(said).toBe('')
})

test('a key that others can read, or that is none, is refused; one that is not there is not made', async () => {
  const path = await project('refused')
  const loose = join(folder, 'loose.json')
  writeFileSync(loose, readFileSync(usualKeyFile()))
  chmodSync(loose, 0o644)
  await expect(accept(path, '--device-key', loose)).rejects.toThrow('can be read by others')
  const none = join(folder, 'none.json')
  writeFileSync(none, '{"format":"other"}', { mode: 0o600 })
  await expect(accept(path, '--device-key', none)).rejects.toThrow('holds no device key')
  await expect(accept(path, '--device-key', join(folder, 'missing.json'))).rejects.toThrow('can not be read')
})

test('where no key can be kept, the entry is unsigned and that is said', async () => {
  const path = await project('unsigned')
  const blocked = join(folder, 'blocked')
  mkdirSync(blocked)
  writeFileSync(join(blocked, 'carryover'), 'a file where a folder should be')
  vi.stubEnv('XDG_STATE_HOME', blocked)
  await accept(path)
  expect(said).toContain('what is written into the ledger is unsigned')
  expect(await v10(path)).toContain('8 entries of devices without a key are not')
})

test('nothing is added to a chain that somebody else went on with', async () => {
  const path = await project('changed')
  await accept(path)
  const { project: opened } = openProject(await readProject(path))
  if (!opened) throw new Error('not opened')
  const { device } = await cliDevice(undefined)
  const hand = { device, actor: 'x', wall: new Date().toISOString() }
  const forged = record(opened, [{ action: 'threshold-set', object: 'readiness/open-errors', digest: null }], hand)
  await writeProject(path, saveProject(forged))
  await expect(accept(path)).rejects.toThrow('holds more than this key signed')
})
