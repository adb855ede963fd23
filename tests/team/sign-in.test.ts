import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { SoftAuthenticator } from './authenticator.ts'
import { CookieJar } from './browser-like.ts'
import { ask, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

const minute = 60_000

onBoth('sign-in', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let clock = Date.parse('2026-03-01T08:00:00Z')

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    serving = await startTeamServer({
      database,
      dataFolder: place.folder,
      appFolder: null,
      host: '127.0.0.1',
      port: 0,
      origin: null,
      tls: null,
      now: () => clock,
    })
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const challengeOf = async (answer: Response): Promise<string> => {
    const { options } = (await answer.json()) as { options: { challenge: string } }
    return options.challenge
  }
  /** Ten minutes between tests: each begins with its own number of sign-ins. */
  const later = (minutes: number): void => {
    clock += minutes * minute
  }
  const join = async (link: string, name: string, key = new SoftAuthenticator()) => {
    const jar = new CookieJar(serving)
    const options = await jar.ask('POST', '/account/join/options', { link, name })
    if (options.status !== 200) return { jar, key, status: options.status }
    const credential = key.create(await challengeOf(options), serving.origin, 'localhost')
    return { jar, key, status: (await jar.ask('POST', '/account/join', { credential })).status }
  }
  const signIn = async (key: SoftAuthenticator, change: { origin?: string; host?: string; verified?: boolean } = {}) => {
    const jar = new CookieJar(serving)
    const challenge = await challengeOf(await jar.ask('POST', '/account/sign-in/options', {}))
    const credential = key.get(challenge, change.origin ?? serving.origin, change.host ?? 'localhost', change.verified)
    return { jar, status: (await jar.ask('POST', '/account/sign-in', { credential })).status, credential }
  }

  let anas: SoftAuthenticator
  let ana: CookieJar

  test('the first link works once, for 15 minutes, and its person administers the server', async () => {
    const old = (await serving.state.invites.firstLink()) ?? ''
    later(16)
    expect((await join(old, 'Ana')).status).toBe(404)
    const link = (await serving.state.invites.firstLink()) ?? ''
    expect((await join('x'.repeat(43), 'Ana')).status).toBe(404)
    const two = await Promise.all([join(link, 'Ana'), join(link, 'Eve')])
    expect(two.map(({ status }) => status).sort()).not.toEqual([200, 200])
    const first = two.find(({ status }) => status === 200)
    expect(first).toBeDefined()
    if (!first) return
    ana = first.jar
    anas = first.key
    expect((await join(link, 'Late')).status).toBe(404)
    expect(await serving.state.invites.firstLink()).toBeNull()
    expect((await ana.ask('GET', '/account/people')).status).toBe(200)
    const me = (await (await ana.ask('GET', '/account')).json()) as { you: { isAdministrator: boolean } }
    expect(me.you.isAdministrator).toBe(true)
  })

  test('a passkey signs in for this origin, this host and a checked person alone', async () => {
    later(11)
    expect((await signIn(anas)).status).toBe(200)
    expect((await signIn(new SoftAuthenticator())).status).toBe(401)
    expect((await signIn(anas, { origin: 'https://elsewhere.example' })).status).toBe(401)
    expect((await signIn(anas, { host: 'elsewhere.example' })).status).toBe(401)
    expect((await signIn(anas, { verified: false })).status).toBe(401)
    // The same answer a second time: its challenge is used.
    const { jar, credential } = await signIn(anas)
    expect((await jar.ask('POST', '/account/sign-in', { credential })).status).toBe(400)
    const other = new CookieJar(serving)
    await other.ask('POST', '/account/sign-in/options', {})
    expect((await other.ask('POST', '/account/sign-in', { credential })).status).toBe(401)
  })

  test('a session is a cookie that scripts and other sites do not get, in the database as a digest alone', async () => {
    later(11)
    const jar = new CookieJar(serving)
    const challenge = await challengeOf(await jar.ask('POST', '/account/sign-in/options', {}))
    const answer = await ask(serving, 'POST', '/account/sign-in', jar.headers, {
      credential: anas.get(challenge, serving.origin, 'localhost'),
    })
    const line = answer.headers.getSetCookie().find((each) => each.startsWith('carryover=')) ?? ''
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    jar.take(answer)
    const token = jar.cookies.get('carryover') ?? ''
    expect(token).toHaveLength(43)
    const { you } = (await (await jar.ask('GET', '/account')).json()) as { you: { id: string } }
    const rows = await database.query(null, 'sessions-of', [you.id])
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('a session ends after 30 minutes without use, after 12 hours, and when it is revoked', async () => {
    later(11)
    const used = await signIn(anas)
    for (let half = 0; half < 23; half++) {
      later(29)
      const idle = await signIn(anas)
      expect((await used.jar.ask('GET', '/account/me')).status, `after ${(half + 1) * 29} minutes`).toBe(200)
      expect(idle.status).toBe(200)
    }
    later(29)
    later(29)
    expect((await used.jar.ask('GET', '/account/me')).status).toBe(401)
    const kept = await signIn(anas)
    for (let half = 0; half < 26; half++) {
      later(28)
      await kept.jar.ask('GET', '/account/me')
    }
    expect((await kept.jar.ask('GET', '/account/me')).status).toBe(401)
    const [one, two] = [await signIn(anas), await signIn(anas)]
    const { sessions } = (await (await one.jar.ask('GET', '/account/me')).json()) as {
      sessions: { id: string; isThis: boolean }[]
    }
    for (const { id, isThis } of sessions) if (!isThis) await one.jar.ask('DELETE', `/account/sessions/${id}`)
    expect((await two.jar.ask('GET', '/account/me')).status).toBe(401)
    expect((await one.jar.ask('GET', '/account/me')).status).toBe(200)
    ana = one.jar
  })

  test('an invite lets one person in, with one role, for seven days, until it is withdrawn', async () => {
    later(11)
    ana = (await signIn(anas)).jar
    expect((await ana.ask('POST', '/team', { id: 'invited', name: 'Invited' })).status).toBe(201)
    const invite = async (role: string): Promise<string> => {
      const answer = await ana.ask('POST', '/team/invited/invites', { role })
      expect(answer.status).toBe(201)
      const { link } = (await answer.json()) as { link: string }
      return link.slice(link.lastIndexOf('/') + 1)
    }
    expect((await ana.ask('POST', '/team/invited/invites', { role: 'emperor' })).status).toBe(400)
    const link = await invite('analyst')
    const ben = await join(link, 'Ben Łukasz')
    expect(ben.status).toBe(200)
    expect((await join(link, 'Second')).status).toBe(404)
    const about = (await (await ben.jar.ask('GET', '/team/invited/about')).json()) as {
      you: { invitedAs: string[] }
      mayAdminister: boolean
    }
    expect(about).toMatchObject({ you: { invitedAs: ['analyst'] }, mayAdminister: false })
    expect((await ben.jar.ask('POST', '/team/invited/invites', { role: 'admin' })).status).toBe(403)
    expect((await ben.jar.ask('GET', '/account/people')).status).toBe(403)
    const socket = await TestClient.open(serving, 'invited', ben.jar.headers)
    const { members } = (await (await ana.ask('GET', '/team/invited/about')).json()) as {
      members: { person: string; actor: string }[]
    }
    const person = members.find(({ actor }) => actor.startsWith('ben'))?.person ?? ''
    expect((await ana.ask('DELETE', `/team/invited/members/${person}`)).status).toBe(200)
    expect((await socket.untilClosed()).code).toBe(4403)
    // Invited again, the same person comes back with the passkey they have.
    const again = await invite('viewer')
    expect((await ben.jar.ask('POST', '/account/accept', { link: again })).status).toBe(200)
    expect((await ben.jar.ask('GET', '/team/invited/about')).status).toBe(200)
    const late = await invite('data')
    later(7 * 24 * 60 + 1)
    expect((await join(late, 'Late')).status).toBe(404)
    ana = (await signIn(anas)).jar
    const withdrawn = await invite('data')
    const { invites } = (await (await ana.ask('GET', '/team/invited/invites')).json()) as {
      invites: { id: string; isUsed: boolean }[]
    }
    for (const { id, isUsed } of invites) if (!isUsed) await ana.ask('DELETE', `/team/invited/invites/${id}`)
    expect((await join(withdrawn, 'Nobody')).status).toBe(404)
  })

  test('two people of one name are two people, and who leaves the clinic is out', async () => {
    later(11)
    ana = (await signIn(anas)).jar
    const links = []
    for (let index = 0; index < 2; index++) {
      const answer = await ana.ask('POST', '/team/invited/invites', { role: 'data' })
      links.push(((await answer.json()) as { link: string }).link.split('/').at(-1) ?? '')
    }
    const [one, two] = [await join(links[0] ?? '', 'Kim Lee'), await join(links[1] ?? '', 'Kim Lee')]
    const who = async (jar: CookieJar) =>
      ((await (await jar.ask('GET', '/account')).json()) as { you: { id: string; actor: string } | null }).you
    expect([(await who(one.jar))?.actor, (await who(two.jar))?.actor]).toEqual(['kim-lee', 'kim-lee-2'])
    const socket = await TestClient.open(serving, 'invited', one.jar.headers)
    expect((await ana.ask('DELETE', `/account/people/${(await who(one.jar))?.id}`)).status).toBe(200)
    expect((await socket.untilClosed()).code).toBe(4401)
    expect(await who(one.jar)).toBeNull()
    const back = await signIn(one.key)
    expect((await back.jar.ask('GET', '/account/me')).status).toBe(401)
  })

  test('somebody adds a second passkey, and the last way in stays', async () => {
    later(11)
    ana = (await signIn(anas)).jar
    const { passkeys } = (await (await ana.ask('GET', '/account/me')).json()) as { passkeys: { id: string }[] }
    expect((await ana.ask('DELETE', `/account/passkeys/${passkeys[0]?.id}`)).status).toBe(404)
    const second = new SoftAuthenticator()
    const challenge = await challengeOf(await ana.ask('POST', '/account/passkeys/options', {}))
    const made = await ana.ask('POST', '/account/passkeys', { credential: second.create(challenge, serving.origin, 'localhost') })
    expect(made.status).toBe(201)
    expect((await signIn(second)).status).toBe(200)
    expect((await ana.ask('DELETE', `/account/passkeys/${passkeys[0]?.id}`)).status).toBe(200)
    expect((await signIn(anas)).status).toBe(401)
    anas = second
  })

  test('of two passkeys that go at once one stays', async () => {
    later(11)
    const rounds = Array.from({ length: 8 }, (_, index) => `twins-${index}`)
    for (const actor of rounds) {
      const twin = await personWithSession(serving, database, actor)
      const keys = [`${actor}-a`, `${actor}-b`]
      await database.transaction(
        null,
        keys.map((id) => ({ name: 'add-passkey', values: [id, twin.id, Uint8Array.of(1), 0, '', 1] })),
      )
      const answers = await Promise.all(keys.map((id) => ask(serving, 'DELETE', `/account/passkeys/${id}`, twin.headers)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
    }
  })

  test('a link for an administrator makes one of who is signed in already', async () => {
    later(11)
    const gil = await personWithSession(serving, database, 'gil')
    expect((await ask(serving, 'GET', '/account/people', gil.headers)).status).toBe(403)
    const link = await serving.state.invites.administratorLink()
    expect((await ask(serving, 'POST', '/account/accept', gil.headers, { link })).status).toBe(200)
    expect((await ask(serving, 'GET', '/account/people', gil.headers)).status).toBe(200)
    expect(await database.query(null, 'person', [gil.id])).toMatchObject([{ administrator: true }])
    expect((await ask(serving, 'POST', '/account/accept', gil.headers, { link })).status).toBe(404)
  })

  test('a clinic behind one address signs in, and one who fails locks nobody else out', async () => {
    later(11)
    // A morning: a hundred people at one address.
    for (let index = 0; index < 100; index++) expect((await signIn(anas)).status).toBe(200)
    // A guest tries links that nobody made until the address waits; a passkey that is known here still gets in.
    const link = 'x'.repeat(43)
    const guess = async () => (await ask(serving, 'POST', '/account/join/options', {}, { link, name: 'Guest' })).status
    const guesses = []
    for (let index = 0; index < 101; index++) guesses.push(await guess())
    expect([guesses.at(0), guesses.at(99), guesses.at(100)]).toEqual([404, 404, 429])
    expect((await signIn(anas)).status).toBe(200)
    later(11)
    expect(await guess()).toBe(404)
  })

  test('a passkey that fails twenty times waits, wherever it is tried from, and others do not', async () => {
    later(11)
    const limits = serving.state.signIns
    for (let index = 0; index < 20; index++) {
      expect(limits.mayTry(`10.0.0.${index}`, 'stolen')).toBe(true)
      limits.failed(`10.0.0.${index}`, 'stolen')
    }
    expect(limits.mayTry('10.0.0.99', 'stolen')).toBe(false)
    expect(limits.mayTry('10.0.0.1', 'another')).toBe(true)
    expect(limits.mayTry('10.0.0.1', null)).toBe(true)
    later(11)
    expect(limits.mayTry('10.0.0.99', 'stolen')).toBe(true)
  })

  test('addresses of version 6 count by their network, and a flood of addresses leaves every other one its share', async () => {
    later(11)
    const limits = serving.state.signIns
    for (let index = 0; index < 600; index++) expect(limits.mayAsk(`2001:db8:1:2::${index.toString(16)}`)).toBe(true)
    expect(limits.mayAsk('2001:0db8:1:2:ffff::1')).toBe(false)
    expect(limits.mayAsk('2001:db8:1:3::1')).toBe(true)
    const answers = Array.from({ length: 7_000 }, (_, index) => limits.mayAsk(`10.${index >> 8}.${index & 255}.1`))
    expect(answers.every((may) => may)).toBe(true)
    // The server is flooded: each address has a share that no other one spends.
    const shares = Array.from({ length: 30 }, () => limits.mayAsk('192.0.2.7'))
    expect(shares.filter((may) => may)).toHaveLength(20)
    expect((await ask(serving, 'POST', '/account/sign-in/options', {}, {})).status).toBe(200)
    for (let index = 0; index < 2_500; index++) limits.failed(`10.1.${index >> 8}.${index & 255}`, null)
    expect(limits.mayTry('192.0.2.7', null)).toBe(true)
    for (let index = 0; index < 5; index++) limits.failed('192.0.2.7', null)
    expect(limits.mayTry('192.0.2.7', null)).toBe(false)
    later(11)
    expect(limits.mayTry('192.0.2.7', null)).toBe(true)
    expect(limits.mayAsk('192.0.2.7')).toBe(true)
    while (limits.mayAsk('127.0.0.1'));
    expect((await ask(serving, 'POST', '/account/sign-in/options', {}, {})).status).toBe(429)
  })

  test('nobody drops the sign-ins that others began, and a session begins so many passkeys', async () => {
    later(11)
    const { pending } = serving.state
    const begun = { kind: 'sign-in', challenge: 'x' } as const
    const modest = pending.begin('192.0.2.7', begun)
    const greedy = Array.from({ length: 6_000 }, () => pending.begin('192.0.2.8', begun))
    expect(pending.take(modest)).toEqual(begun)
    expect([pending.take(greedy[0]), pending.take(greedy.at(-1))]).toEqual([null, begun])
    const hal = await personWithSession(serving, database, 'hal')
    const statuses = []
    for (let index = 0; index < 61; index++)
      statuses.push((await ask(serving, 'POST', '/account/passkeys/options', hal.headers, {})).status)
    expect([statuses.at(0), statuses.at(59), statuses.at(60)]).toEqual([200, 200, 429])
    expect((await signIn(anas)).status).toBe(200)
  })

  test('the log at the door names who came in, who did not, and what ended; by day and person, for as long as it is kept', async () => {
    later(11)
    const day = (): string => new Date(clock).toISOString().slice(0, 10)
    const log = async (query = ''): Promise<readonly string[]> =>
      (await (await ana.ask('GET', `/account/access-log${query}`)).text()).split('\n').slice(1, -1)
    const { jar, status } = await signIn(anas)
    expect(status).toBe(200)
    ana = jar
    const { you } = (await (await ana.ask('GET', '/account')).json()) as { you: { id: string; name: string } }
    const second = await signIn(anas)
    const { sessions } = (await (await ana.ask('GET', '/account/me')).json()) as { sessions: { id: string; isThis: boolean }[] }
    expect((await second.jar.ask('POST', '/account/sign-out')).status).toBe(200)
    const other = sessions.find(({ isThis }) => !isThis)?.id ?? ''
    await ana.ask('DELETE', `/account/sessions/${other}`)
    expect((await signIn(new SoftAuthenticator())).status).toBe(401)
    expect((await signIn(anas, { verified: false })).status).toBe(401)
    expect((await join('y'.repeat(43), 'Nobody')).status).toBe(404)
    const today = `?day=${day()}`
    await expect
      .poll(async () => (await log(today)).map((line) => line.split(',').slice(2).join()))
      .toEqual(
        expect.arrayContaining([
          `${you.id},${you.name},sign-in,passkey,ok,127.0.0.1`,
          `${you.id},${you.name},session-ended,signed out,ok,127.0.0.1`,
          ',,sign-in,passkey,passkey,127.0.0.1',
          `${you.id},${you.name},sign-in,passkey,passkey,127.0.0.1`,
          ',,sign-in,invite,dead-link,127.0.0.1',
        ]),
      )
    const hers = await log(`${today}&person=${you.id}`)
    expect(hers.length).toBeGreaterThan(2)
    expect(hers.every((line) => line.includes(`,${you.id},${you.name},`))).toBe(true)
    expect(await log('?day=2020-01-01')).toEqual([])
    expect((await ana.ask('GET', '/account/access-log?day=tomorrow')).status).toBe(400)
    const kept = (await (await ana.ask('GET', '/account')).json()) as { logDays: number }
    expect(kept.logDays).toBe(2190)
    clock += 2191 * 24 * 60 * minute
    await serving.state.dropOldAccess()
    ana = (await signIn(anas)).jar
    await expect.poll(async () => (await log()).map((line) => line.split(',')[4])).toContain('sign-in')
    expect((await log()).filter((line) => !/,(?:sign-in|read),/.test(line))).toEqual([])
  })
})
