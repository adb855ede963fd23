/** A worker at a folder of runs passes over what is no run, and goes on with those that are. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { serveAll } from '../../src/cli/scale/worker.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { beginRun } from '../../src/scale/open-run.ts'

declare const __VERSION__: string

const runs = mkdtempSync(join(tmpdir(), 'carryover-runs-'))
afterAll(() => rmSync(runs, { recursive: true, force: true }))

test('a plain file and a folder that can not be read are passed over; the second is told once', async () => {
  writeFileSync(join(runs, '.DS_Store'), 'x')
  writeFileSync(join(runs, 'README'), 'x')
  symlinkSync('a-loop', join(runs, 'a-loop'))
  mkdirSync(join(runs, 'empty'))
  await beginRun(diskFolder(join(runs, 'run')), {
    ...{ kind: 'carryover-run', format: 1, tool: __VERSION__, verb: 'letters', asked: null, bytes: 30 },
    command: { folder: '/', words: [] },
    stages: [{ name: 'map', tasks: 1 }],
  })
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const served: string[] = []
  const ending = new AbortController()
  const serve = async (path: string): Promise<void> => {
    served.push(path)
    if (served.length === 2) ending.abort()
  }
  await serveAll(runs, serve, ending.signal)
  const lines = said.mock.calls.map(([line]) => String(line))
  said.mockRestore()
  expect(served).toEqual([join(runs, 'run'), join(runs, 'run')])
  expect(lines).toEqual([expect.stringMatching(/^a-loop is passed over: ELOOP/)])
})

test('a folder without runs, or that is not there, is waited for and named once', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const ending = new AbortController()
  setTimeout(() => ending.abort(), 4_500)
  const serve = async (): Promise<void> => undefined
  await serveAll(join(runs, 'misspelt'), serve, ending.signal).catch(() => undefined)
  const lines = said.mock.calls.map(([line]) => String(line))
  said.mockRestore()
  expect(lines).toEqual([`Waiting for runs in ${join(runs, 'misspelt')}; there is none to work at.\n`])
})
