import { afterEach, expect, test } from 'vitest'
import { begin, endAll } from '../../../src/app/session/jobs-under-way.ts'
import { setWorkspace, workspace } from '../../../src/app/session/state.ts'
import { newProject } from '../../../src/core/project/format/open.ts'

function openNamed(id: string): void {
  const names = {
    id,
    name: id,
    legacy: 'Legacy',
    target: 'Target',
    created: '2026-01-05T09:00:00+00:00',
    tool: 'test',
    servers: [],
  }
  setWorkspace({ project: newProject(names) })
}

afterEach(() => setWorkspace({ project: null }))

test('closing a project stops its long work and waits until it has let go', async () => {
  openNamed('first')
  const job = begin('Reading the server')
  let wroteAfterClosing = false
  const closed = endAll().then(() => 'closed')
  expect(job.signal.aborted).toBe(true)
  expect(await Promise.race([closed, Promise.resolve('waiting')])).toBe('waiting')
  wroteAfterClosing = job.stillHere()
  job.end()
  expect(await closed).toBe('closed')
  expect(wroteAfterClosing).toBe(false)
})

test('results of work begun in one project are not for the next one', () => {
  openNamed('first')
  const job = begin('Run all checks')
  expect(job.stillHere()).toBe(true)
  openNamed('second')
  expect(job.stillHere()).toBe(false)
  job.end()
})

test('results of work begun before a project was closed are not for the same project opened again', async () => {
  openNamed('first')
  const job = begin('Run all checks')
  const closed = endAll()
  job.end()
  await closed
  openNamed('first')
  expect(job.stillHere()).toBe(false)
})

test('work that begins while another ends is stopped too', async () => {
  openNamed('first')
  const first = begin('Run all checks')
  const closed = endAll()
  const second = begin('Simulation')
  first.end()
  await Promise.resolve()
  await Promise.resolve()
  expect(second.signal.aborted).toBe(true)
  second.end()
  await closed
})

test('only the work whose progress is on screen takes it away, and work that ended shows nothing more', () => {
  openNamed('first')
  const shown = begin('Run all checks')
  const beside = begin('Adding files')
  shown.show({ done: 1, total: 4, unit: 'parts' })
  beside.show({ done: 9, total: 10, unit: 'bytes' })
  expect(workspace().running).toMatchObject({ label: 'Run all checks', done: 1 })
  beside.end()
  expect(workspace().running?.label).toBe('Run all checks')
  workspace().running?.cancel()
  expect(shown.signal.aborted).toBe(true)
  shown.end()
  expect(workspace().running).toBeNull()
  shown.show({ done: 2, total: 4, unit: 'parts' })
  expect(workspace().running).toBeNull()
})
