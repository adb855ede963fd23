/** The export client against a server that is slow, busy, forgetful and treacherous. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { backOff, pollWait, retryAfter } from '../../../src/io/bulk-export/back-off.ts'
import { bulkExport, paused } from '../../../src/io/bulk-export/bulk-export.ts'
import { type ExportJob, newJob, readJob, resumed } from '../../../src/io/bulk-export/job.ts'
import { bulkServer, closeServers, json, lines, linesOf, type ServedFile, sendFile } from './bulk-server.ts'
import { Clock, exported, Folder, portsOf, requestTo } from './client.ts'

afterEach(closeServers)

const files: readonly ServedFile[] = [
  { type: 'Patient', text: lines('Patient', 40) },
  { type: 'Condition', text: lines('Condition', 300) },
  { type: 'Condition', text: lines('Condition', 7).trimEnd() },
  { list: 'deleted', type: 'Bundle', text: `${JSON.stringify({ resourceType: 'Bundle', type: 'transaction' })}\n`, count: null },
]

test('a slow export is asked for as told, fetched whole, and agrees with its manifest', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const server = await bulkServer({ files, pending: 3, headers: { 'Retry-After': '7' } }, clock.now)
  const labels = new Set<string>()
  const request = requestTo(server.base, { level: 'Group/g1', since: '2026-01-01T00:00:00Z', types: ['Patient', 'Condition'] })
  const { job } = await exported(newJob(request), portsOf(folder, clock), (label) => labels.add(label))

  expect(job.state).toBe('done')
  expect(job.files.map(({ name, state, lines, count }) => [name, state, lines, count])).toEqual([
    ['Patient.000.ndjson', 'done', 40, 40],
    ['Condition.000.ndjson', 'done', 300, 300],
    ['Condition.001.ndjson', 'done', 7, 7],
    ['deleted.Bundle.000.ndjson', 'done', 1, null],
  ])
  for (const [index, file] of job.files.entries()) {
    expect(folder.text(file.name)).toBe(files[index]?.text)
    expect(file.sha256).toBe(
      createHash('sha256')
        .update(files[index]?.text ?? '')
        .digest('hex'),
    )
  }
  const [kickOff] = server.asked
  expect(kickOff?.path).toBe('/fhir/Group/g1/$export')
  expect(kickOff?.headers.prefer).toBe('respond-async')
  expect(Object.fromEntries(kickOff?.query ?? [])).toEqual({
    _outputFormat: 'application/fhir+ndjson',
    _since: '2026-01-01T00:00:00Z',
    _type: 'Patient,Condition',
  })
  const polls = server.asked.filter(({ path }) => path === '/fhir/status/1').map(({ at }) => at)
  expect(polls.slice(1).map((at, i) => at - (polls[i] ?? 0))).toEqual([7000, 7000, 7000])
  expect(labels).toContain('Waiting for the server: 2 to go')
  expect(JSON.parse(folder.manifest).output[0]).toEqual({ type: 'Patient', url: 'Patient.000.ndjson', count: 40 })
})

test('without Retry-After the questions come ever later', async () => {
  const clock = new Clock()
  const server = await bulkServer({ files: [], pending: 9 }, clock.now)
  await exported(server.base, portsOf(new Folder(), clock))
  expect(clock.slept).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000))
})

test.each([
  ['seconds', () => '90'],
  ['a date', (clock: Clock) => new Date(clock.time + 90_000).toUTCString()],
])('busy with Retry-After as %s: no request before that time, and half as many at once', async (_, header) => {
  const clock = new Clock()
  let refusals = 0
  let told = 0
  const server = await bulkServer(
    {
      files: Array.from({ length: 12 }, () => ({ type: 'Patient', text: lines('Patient', 3) })),
      before(asked, response) {
        const isTurn = asked.path === '/file/5' && refusals === 0
        if (!isTurn) return false
        refusals++
        told = clock.time
        response.writeHead(429, { 'Retry-After': header(clock) }).end()
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(new Folder(), clock))
  expect(job.state).toBe('done')
  expect(job.parallel).toBe(2)
  const again = server.asked.filter(({ path }) => path === '/file/5').map(({ at }) => at)
  expect(again).toHaveLength(2)
  // Whatever was under way already may have come in; nothing else began before the time.
  const refusedAt = server.asked.findIndex(({ path }) => path === '/file/5')
  const between = server.asked.slice(refusedAt + 1).filter(({ at }) => at < told + 90_000)
  expect(between.length).toBeLessThanOrEqual(3)
  expect((again[1] ?? 0) - told).toBeGreaterThanOrEqual(90_000)
})

test('a server in trouble is asked eight times in a row, ever later, then the export fails with a sentence', async () => {
  const clock = new Clock()
  const server = await bulkServer(
    {
      before(asked, response) {
        if (asked.path !== '/fhir/status/1') return false
        response.writeHead(502).end()
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(new Folder(), clock))
  expect(job.state).toBe('failed')
  expect(job.why).toMatch(/status\/1 answered HTTP 502, 8 times in a row/)
  expect(server.asked.filter(({ path }) => path === '/fhir/status/1')).toHaveLength(8)
  expect(clock.slept).toHaveLength(7)
  for (const [i, wait] of clock.slept.entries()) {
    expect(wait).toBeGreaterThanOrEqual(500 * 2 ** i)
    expect(wait).toBeLessThanOrEqual(1000 * 2 ** i)
  }
})

test('a refusal ends the export at once; the words of the server are shown and not kept', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const issue = [{ severity: 'error', code: 'invalid', diagnostics: 'canary-4711 is no patient of\u001b[31m yours' }]
  const server = await bulkServer(
    {
      before(asked, response) {
        if (!asked.path.endsWith('$export')) return false
        json(response, 400, { resourceType: 'OperationOutcome', issue })
        return true
      },
    },
    clock.now,
  )
  const { job, said } = await exported(server.base, portsOf(folder, clock))
  expect(job.state).toBe('failed')
  expect(said).toBe('canary-4711 is no patient of [31m yours')
  expect(folder.jobs.join()).not.toContain('canary')
  expect(server.asked).toHaveLength(1)
})

test('a file that breaks off half-way goes on where it stopped', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const text = lines('Observation', 5000)
  let cut = 0
  const server = await bulkServer(
    {
      files: [{ type: 'Observation', text }],
      before(asked, response) {
        if (asked.path !== '/file/0') return false
        if (cut++ > 1) return false
        sendFile(text, asked.headers, response, 70_001)
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(folder, clock))
  expect(job.state).toBe('done')
  expect(folder.text('Observation.000.ndjson')).toBe(text)
  expect(job.files[0]?.sha256).toBe(createHash('sha256').update(text).digest('hex'))
  const asked = server.asked.filter(({ path }) => path === '/file/0')
  expect(asked).toHaveLength(3)
  expect(asked[0]?.headers.range).toBeUndefined()
  expect(asked[2]?.headers.range).toMatch(/^bytes=\d+-$/)
})

test('a file that changed meanwhile begins anew instead of being joined', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const before = lines('Observation', 500)
  const after = lines('Observation', 499) + lines('Observation', 1).replace('-0', '-x')
  let first = true
  const server = await bulkServer(
    {
      files: [{ type: 'Observation', text: after }],
      before(asked, response) {
        if (asked.path !== '/file/0' || !first) return false
        first = false
        sendFile(before, asked.headers, response, 10_000)
        return true
      },
    },
    clock.now,
  )
  await exported(server.base, portsOf(folder, clock))
  expect(folder.text('Observation.000.ndjson')).toBe(after)
})

test('a file with fewer resources than announced is never done', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const server = await bulkServer(
    {
      files: [
        { type: 'Patient', text: lines('Patient', 8), count: 10 },
        { type: 'Condition', text: lines('Condition', 2) },
      ],
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(folder, clock))
  expect(job.state).toBe('failed')
  expect(job.why).toMatch(/Patient\.000\.ndjson: the manifest announces 10 resources, 8 came/)
  expect([...folder.files.keys()]).toEqual(['Condition.000.ndjson'])
})

test('links that expire are asked for again, and finished files stay', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const server = await bulkServer(
    {
      files: Array.from({ length: 6 }, (_, i) => ({ type: 'Patient', text: lines('Patient', i + 1) })),
      link: (index, manifests) => `/file/${index}/of-${manifests}?signature=s${manifests}`,
      before(asked, response) {
        // The first links hold for three files only.
        if (!/of-1$/.test(asked.path) || Number(asked.path.split('/')[2]) < 3) return false
        response.writeHead(403).end()
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(folder, clock))
  expect(job.state).toBe('done')
  expect(server.manifests).toBe(2)
  expect(job.files.map(({ lines }) => lines)).toEqual([1, 2, 3, 4, 5, 6])
  const done = server.asked.filter(({ path }) => /\/file\/[012]\//.test(path))
  expect(done).toHaveLength(3)
  expect(folder.jobs.join() + folder.manifest).not.toContain('signature')
})

test('an interrupt tells the server to stop, keeps whole files and marks the rest', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const big = lines('Observation', 2000)
  const server = await bulkServer(
    {
      files: [
        { type: 'Patient', text: lines('Patient', 3) },
        { type: 'Observation', text: big },
      ],
      before(asked, response) {
        if (asked.path !== '/file/1') return false
        // Begins and never ends.
        response.writeHead(200, { 'Content-Length': big.length }).write(big.slice(0, 5000))
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(folder, clock), (label, stop) => {
    if (label === '1 of 2 files' && (folder.parts.get('Observation.000.ndjson')?.length ?? 0) > 0) stop()
  })
  expect(job.state).toBe('cancelled')
  expect(job.files.map(({ state }) => state)).toEqual(['done', 'partial'])
  expect(server.deleted).toBe(1)
  expect([...folder.files.keys()]).toEqual(['Patient.000.ndjson'])
  expect(resumed(job)).toEqual(newJob(requestTo(server.base)))
})

test('a restart goes on: finished files are not fetched again, parts are continued, waits still hold', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const text = lines('Observation', 3000)
  let dies = true
  const server = await bulkServer(
    {
      files: [
        { type: 'Patient', text: lines('Patient', 3) },
        { type: 'Observation', text },
      ],
      before(asked, response) {
        if (asked.path !== '/file/1' || !dies) return false
        sendFile(text, asked.headers, response, 60_000)
        return true
      },
    },
    clock.now,
  )
  // The process ends here: what was saved last is all that is left.
  const crash = new Error('power cut')
  const sleep = async (): Promise<void> => {
    throw crash
  }
  await expect(exported(server.base, portsOf(folder, clock, { sleep }))).rejects.toBe(crash)
  dies = false
  const left = readJob(folder.jobs.at(-1) ?? '')
  expect(left.state).toBe('downloading')
  const before = server.asked.length
  const { job } = await exported(resumed({ ...left, waitUntil: clock.time + 5000 }), portsOf(folder, clock))
  expect(job.state).toBe('done')
  expect(clock.slept).toEqual([5000])
  expect(folder.text('Observation.000.ndjson')).toBe(text)
  const later = server.asked.slice(before)
  expect(later.map(({ path }) => path)).toEqual(['/fhir/status/1', '/file/1'])
  expect(later[1]?.headers.range).toBe('bytes=60000-')
})

test('a manifest of several pages is read to its last one, and pages in a circle are told', async () => {
  const clock = new Clock()
  const folder = new Folder()
  const more = { link: [{ relation: 'next', url: '/fhir/status/2' }] }
  const second = { output: [{ type: 'Condition', url: '/file/0', count: 40 }] }
  const server = await bulkServer(
    {
      files: files.slice(0, 1),
      more,
      before(asked, response) {
        if (asked.path !== '/fhir/status/2') return false
        json(response, 200, second)
        return true
      },
    },
    clock.now,
  )
  const { job } = await exported(server.base, portsOf(folder, clock))
  expect(job.files.map(({ name }) => name)).toEqual(['Patient.000.ndjson', 'Condition.000.ndjson'])
  const manifest = JSON.parse(folder.manifest)
  expect(manifest.output).toHaveLength(2)
  expect(manifest.link).toBeUndefined()

  const circle = await bulkServer({ files: [], more: { link: [{ relation: 'next', url: '/fhir/status/1' }] } }, clock.now)
  const told = await exported(circle.base, portsOf(new Folder(), clock))
  expect(told.job.why).toMatch(/without end/)
})

test('Retry-After, polls and back-off', () => {
  const now = Date.parse('2026-03-04T05:06:07Z')
  expect(retryAfter('120', now)).toBe(120_000)
  expect(retryAfter('Wed, 04 Mar 2026 05:07:07 GMT', now)).toBe(60_000)
  expect(retryAfter('Wed, 04 Mar 2026 05:00:00 GMT', now)).toBe(0)
  expect(retryAfter('soon', now)).toBeNull()
  expect(retryAfter(null, now)).toBeNull()
  expect([0, 5, 6, 60].map(pollWait)).toEqual([1000, 32_000, 60_000, 60_000])
  expect(backOff(40, 'a')).toBeLessThanOrEqual(300_000)
  expect(backOff(3, 'a')).toBe(backOff(3, 'a'))
  expect(new Set(['a', 'b', 'c', 'd'].map((seed) => backOff(5, seed))).size).toBe(4)
})

test('a job of another version is refused in words', () => {
  expect(() => readJob('{"format":2}')).toThrow(/export-job.json/)
  expect(() => readJob('{')).toThrow(/damaged/)
  const evil = { ...newJob(requestTo('https://h.example')), files: [{ name: '../../x' }] }
  expect(() => readJob(JSON.stringify(evil))).toThrow(/damaged/)
  expect(linesOf('a\n\nb')).toBe(2)
})

test('a pause leaves the server alone and goes on from the bytes that are here', async () => {
  const clock = new Clock()
  const text = '{"resourceType":"Patient","id":"a"}\n'.repeat(4000)
  const server = await bulkServer({ files: [{ type: 'Patient', text }], pending: 2 }, clock.now)
  const folder = new Folder()
  const ports = portsOf(folder, clock)
  const controller = new AbortController()
  let stopped: ExportJob | null = null
  for await (const update of bulkExport(newJob(requestTo(server.base)), ports, controller.signal)) {
    if (update.kind === 'progress' && update.label.startsWith('Waiting')) controller.abort(paused)
    if (update.kind === 'result') stopped = update.value.job
  }
  expect(stopped?.state).toMatch(/kick-off|polling/)
  expect(server.deleted).toBe(0)
  if (stopped === null) throw new Error('no job')
  const { job } = await exported(resumed(stopped), ports)
  expect(job.state).toBe('done')
  expect(folder.text('Patient.000.ndjson')).toBe(text)
})
