/** Runs on the engine of a server: the result of the verb alone, who may begin one, what of the disk it reads, and what it goes on with. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { runsOf } from '../../src/cli/team/engine-runs.ts'
import { type ServerRun, serverInputs, serverRun, serverRuns } from '../../src/core/team/server-runs.ts'
import { fits } from '../../src/core/values/document.ts'
import { RunDesk } from '../../src/team/runs/run-desk.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { addMember, ask, personWithSession } from './client.ts'
import { built, type EngineHere, engineHere, printed } from './engine-here.ts'
import { putFiles, putProject } from './project-on-server.ts'

let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
let owner: { id: string; headers: Record<string, string> }
let viewer: { id: string; headers: Record<string, string> }
let stranger: { id: string; headers: Record<string, string> }

const at = (name: string): string => join(folder, name)

let engine: EngineHere

async function start(): Promise<void> {
  const place = { host: '127.0.0.1', port: 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: at('data'), appFolder: null, ...place, runs: engine })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-server-runs-'))
  mkdirSync(at('data'))
  execFileSync(process.execPath, [built('carryover'), 'example', '--out', at('clinic'), '--patients', '150'], { stdio: 'ignore' })
  cpSync(at('clinic/private'), at('inputs/mine'), { recursive: true })
  mkdirSync(at('inputs/theirs/legacy'), { recursive: true })
  writeFileSync(at('inputs/theirs/legacy/secret.csv'), 'mrn,name\n1,Nobody\n')
  database = await EmbeddedDatabase.open({ folder: at('data') })
  engine = engineHere(at('inputs'), at('work'))
  mkdirSync(at('work'))
  await start()
  owner = await personWithSession(serving, database, 'owner')
  viewer = await personWithSession(serving, database, 'viewer')
  stranger = await personWithSession(serving, database, 'stranger')
  await putProject(serving, 'mine', at('clinic'), owner.headers)
  await addMember(serving, 'mine', viewer.id, 'viewer')
}, 60_000)

afterAll(async () => {
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function told(headers = owner.headers): Promise<readonly ServerRun[]> {
  const value: unknown = await (await ask(serving, 'GET', '/team/mine/runs', headers)).json()
  if (!fits(value, serverRuns)) throw new Error(JSON.stringify(value))
  return value.runs
}

async function begin(verb: string, headers = owner.headers): Promise<ServerRun> {
  const answer = await ask(serving, 'POST', '/team/mine/runs', headers, { verb })
  const value: unknown = await answer.json()
  if (!fits(value, serverRun)) throw new Error(JSON.stringify(value))
  return value
}

async function ended({ id }: ServerRun): Promise<ServerRun> {
  for (;;) {
    const run = (await told()).find((each) => each.id === id)
    if (run?.ended) return run
    await new Promise((done) => setTimeout(done, 100))
  }
}

const result = async ({ id }: ServerRun): Promise<string> =>
  await (await ask(serving, 'GET', `/team/mine/runs/${id}/result`, owner.headers)).text()

test('each verb gives byte for byte what it gives alone, and says how far it is', async () => {
  for (const verb of ['validate', 'reconcile'] as const) {
    await printed(verb, at('clinic'), '--result', at(`${verb}.json`), '--fail-on', 'never')
    const begun = await begin(verb)
    expect(begun).toMatchObject({ verb, by: 'owner', ended: null })
    const run = await ended(begun)
    expect(run.ended).toMatchObject({ outcome: 'done', hasResult: true, why: null })
    expect(await result(run)).toBe(readFileSync(at(`${verb}.json`), 'utf8'))
    expect(run.state?.aside).toEqual([])
    expect(run.state?.secondsLeft).toBe(0)
    for (const { tasks, done } of run.state?.stages ?? []) expect(done).toBe(tasks)
    expect(run.bytes).toBeGreaterThan(100_000)
    expect(run.tool).toBe(packageJson.version)
    // Rows and key are gone with the end.
    expect(existsSync(at(`work/${run.id}/key`))).toBe(false)
    expect(existsSync(at(`work/${run.id}/shuffle`)) ? readdirSync(at(`work/${run.id}/shuffle`)) : []).toEqual([])
  }
  const profile = await ended(await begin('profile'))
  const plain = await printed('profile', at('clinic'), '--format', 'markdown')
  writeFileSync(at('profile.json'), await result(profile))
  expect((await result(profile)).replaceAll(at('inputs/mine'), at('clinic/private'))).toBe(plain)
}, 120_000)

test('no value of a patient leaves with a result', async () => {
  // Record number, last name, day of birth, telephone, street.
  const cells = readFileSync(at('clinic/private/legacy/patients.csv'), 'latin1')
    .split('\n')
    .slice(1)
    .flatMap((line) => [0, 1, 3, 5, 6].map((column) => line.split(';')[column] ?? ''))
    // A word of the program, too: why a cell holds nothing.
    .filter((cell) => cell.length > 4 && cell !== 'unknown')
  expect(cells.length).toBeGreaterThan(200)
  for (const verb of ['validate', 'reconcile', 'profile']) {
    const text = readFileSync(at(`${verb}.json`), 'utf8')
    expect(cells.filter((cell) => text.includes(cell))).toEqual([])
  }
})

test('inputs are those of the project alone, by name, and what is missing is told', async () => {
  const inputs: unknown = await (await ask(serving, 'GET', '/team/mine/runs/inputs', viewer.headers)).json()
  if (!fits(inputs, serverInputs)) throw new Error(JSON.stringify(inputs))
  expect(inputs.place).toBe(at('inputs/mine'))
  expect(inputs.verbs).toEqual(['validate', 'reconcile', 'profile'])
  expect(inputs.sources.find(({ name }) => name === 'patients.csv')).toEqual({
    side: 'legacy',
    name: 'patients.csv',
    bytes: readFileSync(at('clinic/private/legacy/patients.csv')).length,
  })
  expect(inputs.sources.every(({ bytes }) => bytes !== null)).toBe(true)
  await putProject(serving, 'theirs', at('clinic'), stranger.headers)
  const theirs: unknown = await (await ask(serving, 'GET', '/team/theirs/runs/inputs', stranger.headers)).json()
  if (!fits(theirs, serverInputs)) throw new Error('no inputs')
  expect(theirs.sources.every(({ bytes }) => bytes === null)).toBe(true)
  const begun = await ask(serving, 'POST', '/team/theirs/runs', stranger.headers, { verb: 'validate' })
  const { id } = (await begun.json()) as ServerRun
  const over = async (): Promise<ServerRun | undefined> =>
    ((await (await ask(serving, 'GET', '/team/theirs/runs', stranger.headers)).json()) as { runs: ServerRun[] }).runs.find(
      (run) => run.id === id && run.ended,
    )
  await expect.poll(over, { timeout: 20_000 }).toBeDefined()
  expect((await over())?.ended).toMatchObject({ outcome: 'failed', hasResult: false })
  expect((await over())?.ended?.why).toContain('sources that are not there: allergies.csv')
  // Nobody of another project finds it, by whatever project it is asked for.
  for (const path of [`runs/${id}/result`, `runs/${id}/cancel`, `runs/${id}/again`]) {
    const method = path.endsWith('result') ? 'GET' : 'POST'
    const answer = await ask(serving, method, `/team/mine/${path}`, owner.headers)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'no-run'])
  }
}, 60_000)

test('what lies there is told by the list of sources alone, once for all who ask at once', async () => {
  const read = vi.spyOn(serving.state.parts.blobs, 'bytes')
  const asked = Array.from({ length: 5 }, () => ask(serving, 'GET', '/team/mine/runs/inputs', owner.headers))
  for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200)
  expect(read.mock.calls.length).toBeLessThan(5)
  const room = await serving.state.room('mine')
  const files = await room?.files()
  const digest = files && [...files].find(([path]) => path === 'data/sources.json')?.[1].digest
  expect(new Set(read.mock.calls.map(([, each]) => each))).toEqual(new Set([digest]))
  read.mockRestore()
})

test('a run that the disk does not take leaves nothing, and says so', async () => {
  const before = readdirSync(at('work'))
  const read = vi.spyOn(serving.state.parts.blobs, 'bytes')
  const copy = vi.spyOn(serving.state.parts.blobs, 'copy')
  copy.mockImplementationOnce(async (_, __, to) => writeFileSync(to, 'half'))
  copy.mockRejectedValueOnce(new Error('ENOSPC: no space left on device'))
  const answer = await ask(serving, 'POST', '/team/mine/runs', owner.headers, { verb: 'validate' })
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'trouble', why: expect.stringContaining('nothing') }])
  expect(read).not.toHaveBeenCalled()
  expect(readdirSync(at('work'))).toEqual(before)
  copy.mockRestore()
  read.mockRestore()
})

test.each(['../../theirs/legacy/secret.csv', '/etc/passwd', '..', 'a/../../../theirs/legacy/secret.csv', 'a\\..\\b.csv'])(
  'a source whose name leads out of the folder of the project is not there: %s',
  async (name) => {
    const sources = [
      {
        id: 'x',
        name,
        side: 'legacy',
        format: 'csv',
        table: 'x',
        bytes: 1,
        sha256: null,
        records: null,
        schema: null,
        reading: {},
      },
    ]
    const document = new TextEncoder().encode(JSON.stringify(sources))
    const before = readFileSync(at('clinic/data/sources.json'))
    await putFiles(serving, 'mine', { 'data/sources.json': new Uint8Array(document) }, owner.headers)
    const inputs = (await (await ask(serving, 'GET', '/team/mine/runs/inputs', owner.headers)).json()) as object
    expect(inputs).toMatchObject({ sources: [{ name, bytes: null }] })
    const run = await ended(await begin('validate'))
    expect(run.ended).toMatchObject({ outcome: 'failed', hasResult: false })
    expect(run.ended?.why).toContain('names 1 of 1 sources that are not there')
    await putFiles(serving, 'mine', { 'data/sources.json': new Uint8Array(before) }, owner.headers)
  },
  30_000,
)

test('who only looks begins, cancels and tries nothing again, and reads what was found', async () => {
  const [run] = await told(viewer.headers)
  for (const path of ['runs', `runs/${run?.id}/cancel`, `runs/${run?.id}/again`]) {
    const answer = await ask(serving, 'POST', `/team/mine/${path}`, viewer.headers, { verb: 'validate' })
    expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([403, 'not-allowed'])
  }
  const done = (await told(viewer.headers)).find(({ ended }) => ended?.hasResult)
  expect((await ask(serving, 'GET', `/team/mine/runs/${done?.id}/result`, viewer.headers)).status).toBe(200)
})

test('where roles are in force, runs are begun by who has the role data', async () => {
  const room = await serving.state.room('mine')
  if (!room) throw new Error('no room')
  const held = vi.spyOn(room.gate, 'rolesOf')
  for (const role of ['analyst', 'reviewer', 'owner', 'admin'] as const) {
    held.mockReturnValue(new Set([role]))
    const answer = await ask(serving, 'POST', '/team/mine/runs', owner.headers, { verb: 'validate' })
    expect([answer.status, ((await answer.json()) as { code: string }).code], role).toEqual([403, 'not-allowed'])
  }
  held.mockReturnValue(new Set(['data']))
  const run = await begin('profile')
  held.mockRestore()
  expect((await ended(run)).ended?.outcome).toBe('done')
}, 60_000)

test('a run is begun once at a time, cancelled by its folder, and leaves no rows', async () => {
  const run = await begin('validate')
  const second = await ask(serving, 'POST', '/team/mine/runs', owner.headers, { verb: 'validate' })
  expect([second.status, ((await second.json()) as { code: string }).code]).toEqual([409, 'running'])
  const wrong = await ask(serving, 'POST', '/team/mine/runs', owner.headers, { verb: 'rm' })
  expect(wrong.status).toBe(400)
  await expect.poll(() => existsSync(at(`work/${run.id}/plan.json`)), { timeout: 20_000 }).toBe(true)
  const cancelled = await ask(serving, 'POST', `/team/mine/runs/${run.id}/cancel`, owner.headers)
  expect(cancelled.status).toBe(200)
  expect((await ended(run)).ended).toMatchObject({ outcome: 'cancelled', hasResult: false, why: null })
  expect(existsSync(at(`work/${run.id}/key`))).toBe(false)
  // What waits in a queue is taken out of it by the program that put it there.
  expect(engine.started.at(-1)).toEqual(['--no-settings', 'run', '--quiet', '--cancel', at(`work/${run.id}`)])
  for (const path of ['cancel', 'again'])
    expect((await ask(serving, 'POST', `/team/mine/runs/${run.id}/${path}`, owner.headers)).status, path).toBe(409)
  // Its processes may have written one before they ended.
  writeFileSync(at(`work/${run.id}/result.json`), '{}')
  expect((await ask(serving, 'GET', `/team/mine/runs/${run.id}/result`, owner.headers)).status).toBe(404)
}, 60_000)

test('tasks that failed each time are named with what they would have read; what is missing is done on demand', async () => {
  engine.killed = ['map-000002']
  const run = await ended(await begin('validate'))
  engine.killed = []
  expect(run.ended).toMatchObject({ outcome: 'not-whole', hasResult: true, why: null })
  expect(run.state?.aside).toEqual([
    {
      task: 'map-000002',
      place: expect.stringMatching(/^bytes 0 to [\d,]+ of documents\.csv$/),
      why: expect.stringContaining('ended'),
    },
  ])
  expect(JSON.parse(await result(run)).notJudged).toMatchObject([{ what: expect.stringContaining('documents.csv') }])
  const again = await ask(serving, 'POST', `/team/mine/runs/${run.id}/again`, owner.headers)
  expect(again.status).toBe(200)
  const whole = await ended(run)
  expect(whole.ended).toMatchObject({ outcome: 'done', hasResult: true })
  expect(await result(whole)).toBe(readFileSync(at('validate.json'), 'utf8'))
}, 60_000)

test('rows of a run that nobody goes on with are removed after a day, and it can be begun anew', async () => {
  engine.killed = ['map-000002']
  const run = await ended(await begin('validate'))
  engine.killed = []
  const key = at(`work/${run.id}/key`)
  const later = (hours: number) => (): number => Date.now() + hours * 3_600_000
  const said: string[] = []
  for (const [hours, isThere] of [
    [23, true],
    [25, false],
  ] as const) {
    const desk = await RunDesk.open(engine, later(hours), (sentence) => said.push(sentence))
    await desk.close()
    expect(existsSync(key), `${hours} hours`).toBe(isThere)
  }
  expect(readdirSync(at(`work/${run.id}/shuffle`))).toEqual([])
  expect(said).toEqual([])
  expect((await ask(serving, 'POST', `/team/mine/runs/${run.id}/again`, owner.headers)).status).toBe(200)
  expect((await ended(run)).ended).toMatchObject({ outcome: 'done' })
}, 60_000)

test('files that the project does not name are told', async () => {
  writeFileSync(at('inputs/mine/legacy/new.csv'), 'a,b\n1,2\n')
  const inputs = (await (await ask(serving, 'GET', '/team/mine/runs/inputs', owner.headers)).json()) as object
  rmSync(at('inputs/mine/legacy/new.csv'))
  expect(inputs).toMatchObject({
    unnamed: [
      { side: 'legacy', name: 'new.csv', bytes: 8 },
      { side: 'target', name: 'manifest.json' },
    ],
  })
})

test('a server that was stopped goes on with its runs when it starts again', async () => {
  const run = await begin('reconcile')
  await expect.poll(() => existsSync(at(`work/${run.id}/done`)), { timeout: 20_000 }).toBe(true)
  await serving.close()
  expect(existsSync(at(`work/${run.id}/ended.json`))).toBe(false)
  await start()
  owner = { ...owner, headers: owner.headers }
  const over = await ended(run)
  expect(over.ended).toMatchObject({ outcome: 'done', hasResult: true })
  expect(await result(over)).toBe(readFileSync(at('reconcile.json'), 'utf8'))
}, 60_000)

test('the process of a run ends with a server that is killed, and its folder can be gone on with', async () => {
  const work = at('orphan')
  mkdirSync(work)
  const words = ['run', 'validate', '--quiet', at('clinic'), '--result', at('orphan.json'), '--fail-on', 'never', '--work', work]
  // Many small tasks: the run can not end before its server does.
  words.push('--block', '20K')
  const child = engine.start(['--no-settings', ...words], work)
  const code = new Promise((resolve) => child.once('exit', resolve))
  await expect.poll(() => existsSync(join(work, 'plan.json')), { timeout: 20_000, interval: 10 }).toBe(true)
  // What is left of the channel when its other end was killed.
  child.disconnect()
  expect(await code).toBe(130)
  expect(existsSync(at('orphan.json'))).toBe(false)
  const next = engine.start(['--no-settings', 'run', '--quiet', '--resume', work], work)
  expect(await new Promise((resolve) => next.once('exit', resolve))).toBe(0)
  expect(readFileSync(at('orphan.json'), 'utf8')).toContain('"findings"')
}, 60_000)

test('the log of access names who began, cancelled and read a run', async () => {
  await serving.state.notesKept()
  const log = await (await ask(serving, 'GET', '/team/mine/access-log', owner.headers)).text()
  for (const act of ['run-begun', 'run-cancelled']) expect(log).toContain(act)
  expect(log).toMatch(/viewer.*read.*run \d{8}t/)
})

test('a server without an engine says what whoever runs it has to do', async () => {
  await serving.close()
  const place = { host: '127.0.0.1', port: 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: at('data'), appFolder: null, ...place })
  expect(await (await ask(serving, 'GET', '/team/mine/runs', owner.headers)).json()).toEqual({ engine: null, runs: [] })
  for (const [method, path] of [
    ['GET', 'runs/inputs'],
    ['POST', 'runs'],
    ['GET', 'runs/x/result'],
  ] as const) {
    const answer = await ask(
      serving,
      method,
      `/team/mine/${path}`,
      owner.headers,
      method === 'POST' ? { verb: 'validate' } : undefined,
    )
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'no-engine' }])
  }
})

test('the flags of runs go together, and an address with a password is shown without it', async () => {
  const given = { inputs: at('inputs'), engine: 'local:2', work: at('work') }
  for (const left of ['inputs', 'engine', 'work'] as const)
    await expect(runsOf({ ...given, [left]: undefined }), left).rejects.toThrow(/go together; one of them is missing/)
  await expect(runsOf({ ...given, inputs: at('nowhere') })).rejects.toThrow(/which is no folder/)
  await expect(runsOf({ ...given, engine: 'local:0' })).rejects.toThrow(/it takes local:N/)
  expect(await runsOf({})).toBeNull()
  expect((await runsOf({ ...given, engine: 'postgres://queue:hush@db/carryover' }))?.engine).not.toContain('hush')
})
