/** Sign-in by a real provider of OpenID Connect on this machine, and everything that must not get through. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider as OidcProvider } from 'oidc-provider'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Provider } from '../../src/team/people/provider.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { CookieJar } from './browser-like.ts'
import { makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

/** A provider whose people sign in by their subject alone; all of them have one e-mail address. */
class TestProvider {
  readonly issuer: string
  readonly #server: Server
  codeLives = 60
  tokenLives = 60
  subject = 'subject-1'

  private constructor(server: Server, port: number) {
    this.#server = server
    this.issuer = `http://localhost:${port}`
  }

  static async start(): Promise<TestProvider> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new TestProvider(server, (server.address() as AddressInfo).port)
  }

  serve(redirect: string): void {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    vi.spyOn(console, 'info').mockImplementation(() => undefined)
    const provider = new OidcProvider(this.issuer, {
      clients: [
        {
          client_id: 'carryover',
          client_secret: 'a-secret-of-the-test',
          redirect_uris: [redirect],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      cookies: { keys: ['a key of the test'] },
      features: { devInteractions: { enabled: false } },
      claims: { openid: ['sub'], profile: ['name', 'email'] },
      conformIdTokenClaims: false,
      ttl: {
        AuthorizationCode: () => this.codeLives,
        IdToken: () => this.tokenLives,
        Session: () => 60,
        Interaction: () => 60,
        Grant: () => 60,
        AccessToken: () => 60,
      },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: () => ({ sub, name: `Person of ${sub}`, email: 'one@clinic.example' }),
      }),
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc
        const grant = new context.oidc.provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
        grant.addOIDCScope('openid profile')
        await grant.save()
        return grant
      },
    })
    const answer = provider.callback()
    this.#server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
      void provider.interactionFinished(request, response, { login: { accountId: this.subject } })
    })
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

onBoth('provider', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let provider: TestProvider
  let clock = Date.now()
  const said: string[] = []
  let admin: { headers: Record<string, string> }

  beforeAll(async () => {
    provider = await TestProvider.start()
    const place = newPlace()
    database = await place.open()
    // Discovery is asked for while the server starts, so the provider has to know the way back before.
    const port = await freePort()
    provider.serve(`http://localhost:${port}/account/provider/callback`)
    serving = await startTeamServer({
      database,
      dataFolder: place.folder,
      appFolder: null,
      host: '127.0.0.1',
      port,
      origin: null,
      tls: null,
      now: () => clock,
      say: (sentence) => said.push(sentence),
      provider: { issuer: provider.issuer, clientId: 'carryover', clientSecret: 'a-secret-of-the-test', name: 'Clinic' },
    })
    admin = await personWithSession(serving, database, 'admin')
    await makeProject(serving, 'clinic', admin.headers)
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
    provider.stop()
    vi.restoreAllMocks()
  })

  const invite = async (): Promise<string> => (await serving.state.invites.invite('clinic', 'data', 'person-admin')).token

  /** To the provider and back as a browser goes; `away` and `home` change what an attacker could. */
  const travel = async (
    link: string | null,
    { away = (url: URL) => url, home = (url: URL): URL | Promise<URL> => url, jar = new CookieJar(serving) } = {},
  ): Promise<{ jar: CookieJar; location: string; home: URL }> => {
    clock += 130_000
    const begun = await jar.ask('POST', '/account/provider', { link })
    expect(begun.status).toBe(200)
    const { url } = (await begun.json()) as { url: string }
    let at = away(new URL(url))
    const theirs = new Map<string, string>()
    while (!at.pathname.startsWith('/account/')) {
      const cookie = [...theirs].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        theirs.set(name, value)
      }
      const next = answer.headers.get('location')
      if (next === null) throw new Error(`The provider stopped at ${at.pathname} with ${answer.status}: ${await answer.text()}`)
      at = new URL(next, at)
    }
    at = await home(at)
    const answer = await jar.ask('GET', at.pathname + at.search)
    return { jar, location: answer.headers.get('location') ?? '', home: at }
  }
  const whoIs = async (jar: CookieJar) =>
    ((await (await jar.ask('GET', '/account')).json()) as { you: { id: string; name: string } | null }).you
  const changed = (url: URL, name: string, value: string): URL => {
    const next = new URL(url)
    next.searchParams.set(name, value)
    return next
  }

  let first: string

  test('a person comes in by invite and provider, and back without the invite', async () => {
    provider.subject = 'subject-1'
    const { jar, location } = await travel(await invite())
    expect(location).toBe(`${serving.origin}/#/team`)
    const me = await whoIs(jar)
    expect(me?.name).toBe('Person of subject-1')
    first = me?.id ?? ''
    const again = await travel(null)
    expect((await whoIs(again.jar))?.id).toBe(first)
  })

  test('the same e-mail with another subject is another person, and a stranger without an invite is nobody', async () => {
    provider.subject = 'subject-2'
    const uninvited = await travel(null)
    expect(uninvited.location).toMatch(/refused=no-invite$/)
    expect(await whoIs(uninvited.jar)).toBeNull()
    const invited = await travel(await invite())
    expect((await whoIs(invited.jar))?.id).not.toBe(first)
    expect(await whoIs(invited.jar)).not.toBeNull()
  })

  test.each([
    ['another state', { home: (url: URL) => changed(url, 'state', 'x'.repeat(43)) }, 'provider'],
    ['another nonce', { away: (url: URL) => changed(url, 'nonce', 'x'.repeat(43)) }, 'provider'],
    ['another issuer', { home: (url: URL) => changed(url, 'iss', 'https://evil.example') }, 'provider'],
    ['another code', { home: (url: URL) => changed(url, 'code', 'x'.repeat(43)) }, 'provider'],
    ['another verifier', { away: (url: URL) => changed(url, 'code_challenge', 'x'.repeat(43)) }, 'provider'],
  ])('%s is refused', async (_, change, code) => {
    provider.subject = 'subject-1'
    const { jar, location } = await travel(null, change)
    expect(location).toMatch(new RegExp(`refused=${code}$`))
    expect(await whoIs(jar)).toBeNull()
  })

  test('a code and a token that are over, an answer that comes twice and one that another browser began are refused', async () => {
    provider.subject = 'subject-1'
    provider.codeLives = 1
    const late = await travel(null, {
      home: (url) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)
        return url
      },
    })
    provider.codeLives = 60
    expect(late.location).toMatch(/refused=provider$/)
    provider.tokenLives = -120
    said.length = 0
    expect((await travel(null)).location).toMatch(/refused=provider$/)
    expect(said.join()).toMatch(/exp/)
    provider.tokenLives = 60
    const good = await travel(null)
    expect(good.location).toBe(`${serving.origin}/#/team`)
    const twice = await good.jar.ask('GET', good.home.pathname + good.home.search)
    expect(twice.headers.get('location')).toMatch(/refused=no-sign-in$/)
    const elsewhere = await new CookieJar(serving).ask('GET', good.home.pathname + good.home.search)
    expect(elsewhere.headers.get('location')).toMatch(/refused=no-sign-in$/)
  })

  test('an identity is linked from an open session alone, and never taken from somebody', async () => {
    const jar = new CookieJar(serving)
    jar.cookies.set('carryover', await serving.state.sessions.begin('person-admin', 'test'))
    provider.subject = 'subject-1'
    expect((await travel(null, { jar })).location).toMatch(/refused=taken$/)
    provider.subject = 'subject-of-admin'
    expect((await travel(null, { jar })).location).toBe(`${serving.origin}/#/team`)
    expect((await whoIs((await travel(null)).jar))?.id).toBe('person-admin')
  })

  test('who was signed out on the way gets no new way in', async () => {
    const jar = new CookieJar(serving)
    jar.cookies.set('carryover', await serving.state.sessions.begin('person-admin', 'test'))
    provider.subject = 'subject-too-late'
    const ended = new Promise<void>((done) => serving.state.sessions.onEnd(() => done()))
    const { location } = await travel(null, {
      jar,
      home: async (url) => {
        await serving.state.sessions.endAllOf('person-admin')
        return url
      },
    })
    await ended
    expect(location).toMatch(/refused=no-sign-in$/)
    expect(await database.query(null, 'identity', [provider.issuer, 'subject-too-late'])).toEqual([])
  })
})

test('an issuer that names no tenant and one without TLS are refused with a sentence', async () => {
  const open = (issuer: string) => Provider.open({ issuer, clientId: 'x', clientSecret: null, name: 'x' }, 'https://team.example')
  await expect(open('https://login.microsoftonline.com/common/v2.0')).rejects.toThrow('does not name a tenant')
  await expect(open('http://login.example')).rejects.toThrow('reached by https')
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
