/** Takes each check of gate and devices away and runs their tests: some test has to fail, else the check could be lost unseen. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from './databases.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Mutation {
  readonly check: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** The test that has to fail; that of the gate where none is named. */
  readonly tests?: string
}

const gate = 'src/team/server/gate.ts'
const ledgerGate = 'src/team/streams/ledger-gate.ts'
const deviceRoutes = 'src/team/server/device-routes.ts'
const filesGate = 'src/team/streams/files-gate.ts'
const moving = 'src/team/streams/moving.ts'
const documentRoles = 'src/core/project/duties/document-roles.ts'
const projectRoutes = 'src/team/server/project-routes.ts'
const signInRoutes = 'src/team/server/sign-in-routes.ts'
const devices = 'tests/team/hostile-devices.test.ts'
const files = 'tests/team/hostile-files.test.ts'
const hostileRoles = 'tests/team/hostile-roles.test.ts'
const readers = 'tests/team/hostile-readers.test.ts'
const signIn = 'tests/team/sign-in.test.ts'
const mutations: readonly Mutation[] = [
  { check: 'origin', file: gate, from: 'if (asked === origin) return null', to: 'if (asked !== "") return null' },
  {
    check: 'origin of sockets',
    file: gate,
    from: "return method !== 'GET'",
    to: "return method !== 'GET' && method !== 'SOCKET'",
  },
  {
    check: 'origin as a beginning',
    file: gate,
    from: 'if (asked === origin) return null',
    to: 'if (asked?.startsWith(origin)) return null',
  },
  {
    check: 'session',
    file: gate,
    from: "if (!session) return say(context, 401, 'no-session', 'Sign in first: there is no session, or it ended.')",
    // Whoever comes without one is let in as the owner of the project.
    to: `if (!session) return route.answer({
      context, state, room: await state.room(context.req.param('project') ?? ''),
      session: { who: { id: 'person-owner', name: 'owner', actor: 'owner' }, digest: 'none', isAdministrator: true },
    })`,
  },
  { check: 'member', file: gate, from: 'return room?.isMember(session.who.id) ? room : null', to: 'return room' },
  {
    check: 'administrator of the project',
    file: gate,
    from: "if (route.access === 'project-administrator' && !(await state.administers(room, session.who.id)))",
    to: "if (route.access === 'administrator' as never)",
  },
  { check: 'administrator of the server', file: gate, from: 'return session.isAdministrator', to: 'return session' },
  {
    check: 'name of the server',
    file: 'src/team/server/team-server.ts',
    from: "if (context.req.header('host') === asked)",
    to: "if (context.req.header('host') !== '')",
  },
  {
    check: 'type of bodies',
    file: 'src/team/server/read-body.ts',
    from: 'if (!/^application\\/json\\b/.test(type))',
    to: 'if (!/./.test(type))',
  },
  { check: 'proof of a device', file: deviceRoutes, from: 'if (key === null)', to: "if (key === '')", tests: devices },
  {
    check: 'key of a device in the ledger',
    file: deviceRoutes,
    from: 'if (known !== null && known !== key)',
    to: "if (known === '')",
    tests: devices,
  },
  {
    check: 'key of a granted role',
    file: ledgerGate,
    from: '&& !owner.isRevoked && owner.key === deviceKey',
    to: '&& !owner.isRevoked',
    tests: devices,
  },
  {
    check: 'key that its device holds',
    file: ledgerGate,
    from: '(await holdsItsKey(this.#project, entry, webVerifier))',
    to: 'holdsItsKey !== undefined',
    tests: devices,
  },
  {
    check: 'key that its person proved',
    file: ledgerGate,
    from: 'owners.every(({ key }) => key === entry.digest)',
    to: 'owners !== null',
    tests: devices,
  },
  {
    check: 'person named by a copy',
    file: ledgerGate,
    from: "if (held.has('admin') || held.has('owner')) return null",
    to: 'if (held !== null) return null',
    tests: devices,
  },
  {
    check: 'end of a move by somebody else',
    file: moving,
    from: 'if (!this.#isImporting || this.#maker === who.id) return',
    to: "if (!this.#isImporting || who.id !== '') return",
    tests: devices,
  },
  {
    check: 'end of a move by time',
    file: moving,
    from: ' && this.#settings.now() < this.#until',
    to: '',
    tests: devices,
  },
  {
    check: 'state that a file stands on',
    file: filesGate,
    from: 'if (is !== item.base[path] && is !== digest)',
    to: 'if (is === undefined)',
    tests: files,
  },
  {
    check: 'file without a state to stand on',
    file: filesGate,
    from: 'if (item.base?.[path] === undefined)',
    to: 'if (path === "")',
    tests: files,
  },
  {
    check: 'two changes of one file at once',
    file: filesGate,
    from: 'if (staged.has(path))',
    to: 'if (path === "")',
    tests: files,
  },
  {
    check: 'entry of somebody else under a file',
    file: filesGate,
    from: 'if (!isOwn && !moving)',
    to: 'if (entry === "")',
    tests: files,
  },
  {
    check: 'budget of requests',
    file: gate,
    from: "if (route.method === 'GET' && !state.limitsOf(session.digest).mayRead(state.parts.now()))",
    to: "if (route.path === '')",
    tests: readers,
  },
  {
    check: 'budget of bytes sent',
    file: projectRoutes,
    from: 'if (!state.limitsOf(session.digest).maySendFile(length, state.parts.now()))',
    to: 'if (length < 0)',
    tests: readers,
  },
  {
    check: 'budget of bytes read',
    file: projectRoutes,
    from: 'if (!state.limitsOf(session.digest).mayReadBytes(found.size, state.parts.now()))',
    to: 'if (found.size < 0)',
    tests: readers,
  },
  { check: 'size of a project', file: projectRoutes, from: 'if (full !== null)', to: "if (full === '')", tests: readers },
  {
    check: 'links that were tried',
    file: signInRoutes,
    from: 'if (!state.signIns.mayTry(address, null)) return wait(context)',
    to: '',
    tests: signIn,
  },
  {
    check: 'sign-ins of an address',
    file: signInRoutes,
    from: 'return state.signIns.mayAsk(state.addressOf(context)) ? answer(asked) : wait(context)',
    to: 'return state ? answer(asked) : wait(context)',
    tests: signIn,
  },
  {
    check: 'role of who changes a document',
    file: filesGate,
    from: 'if (held === null) return null',
    to: 'if (held !== undefined) return null',
    tests: hostileRoles,
  },
  {
    check: 'files of others in a move',
    file: filesGate,
    from: 'if (mover !== null && (now === undefined || now.person === mover)) continue',
    to: 'if (mover !== null) continue',
    tests: hostileRoles,
  },
  {
    check: 'end of a move by its maker',
    file: moving,
    from: 'this.#ended === null && this.#maker === id',
    to: 'this.#maker === id',
    tests: hostileRoles,
  },
  {
    check: 'whose move it is',
    file: moving,
    from: 'this.#maker === id && this.#settings.now()',
    to: 'this.#settings.now()',
    tests: hostileRoles,
  },
  {
    check: 'what else a statement changes on the board',
    file: filesGate,
    from: '(await this.#onlyStates(path, digest ?? null))',
    to: "path !== ''",
    tests: hostileRoles,
  },
  {
    check: 'role of who states something on the board',
    file: documentRoles,
    from: "path === paths.board && allowed(held, 'statement')",
    to: 'path === paths.board && allowed !== null',
    tests: hostileRoles,
  },
  {
    check: 'role of who draws in a map',
    file: 'src/team/streams/write-checks.ts',
    from: "if (kind !== 'map' || held === null || mayDraw(held, id)) return null",
    to: 'if (held !== undefined) return null',
    tests: hostileRoles,
  },
  {
    check: 'another spelling of a document',
    file: documentRoles,
    from: "path.normalize('NFKC').toLowerCase()",
    to: 'path',
    tests: hostileRoles,
  },
  ...[
    ['analyst', "[/^workflows\\//, ['analyst']],"],
    ['data', "[/^(?:mapping|schemas|data|runs)\\//, ['data']],"],
    ['lead', "[/^board\\.json$/, ['owner']],"],
    ['who plans', "[/^review\\/(?:plan\\.json|frame\\.tsv|draw\\.json)$/, ['data', 'owner']],"],
    ['who settles', "[/^incidents\\//, ['owner', 'admin']],"],
  ].map(([whose = '', from = '']) => ({
    check: `documents of the role: ${whose}`,
    file: documentRoles,
    from,
    to: '',
    tests: hostileRoles,
  })),
  { check: 'size of bodies', file: 'src/team/server/read-body.ts', from: 'if (!(length <= largestBody))', to: 'if (length < 0)' },
]

/** What is taken away is taken away in a copy: a run that is broken off leaves the project as it is. */
let copy = ''
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'carryover-mutations-'))
  for (const name of ['src', 'tests', 'samples', 'scripts', 'docs', 'package.json', 'tsconfig.json', 'vite.config.ts'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('each check of the gate has a test that fails without it', () => {
  const survived: string[] = []
  for (const { check, file, from, to, tests = 'tests/team/gate.test.ts' } of mutations) {
    const path = join(copy, file)
    const text = readFileSync(path, 'utf8')
    expect(text.split(from).length, `${check}: ${file} has this line once`).toBe(2)
    try {
      writeFileSync(
        path,
        text.replace(from, () => to),
      )
      // The gate does not know which database stands behind it; the faster one is enough.
      const run = spawnSync(
        process.execPath,
        [
          `${root}node_modules/vitest/vitest.mjs`,
          'run',
          tests,
          '--reporter=dot',
          '--bail=1',
          '-t',
          postgresUrl === null ? 'embedded' : 'postgresql',
        ],
        { cwd: copy, encoding: 'utf8' },
      )
      if (run.status === 0) survived.push(check)
      else expect(`${run.stdout}${run.stderr}`, check).toMatch(/Tests .*\d+ failed/)
    } finally {
      writeFileSync(path, text)
    }
  }
  console.log(
    `gate mutations: ${mutations.length - survived.length} of ${mutations.length} checks are missed when they are gone; survived: ${survived.join(', ') || 'none'}`,
  )
  expect(survived).toEqual([])
}, 1_800_000)
