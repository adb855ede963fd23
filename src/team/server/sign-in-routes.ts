/** Ways in: by a link and a passkey, by a passkey, by the hospital's provider. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as v from 'valibot'
import { json, object } from '../../core/values/document.ts'
import type { Invite } from '../people/invites.ts'
import { networkOf } from '../people/network.ts'
import { makePerson } from '../people/new-person.ts'
import { longest } from '../people/sessions.ts'
import { Conflict, textIn } from '../store/database.ts'
import { sessionCookie } from './gate.ts'
import { readBody } from './read-body.ts'
import { type Asked, type Route, say } from './route.ts'
import type { TeamState } from './state.ts'

const link = v.pipe(v.string(), v.regex(/^[\w-]{43}$/))
const personName = v.pipe(
  v.string(),
  v.check((name) => name.trim() !== '' && name.length <= 120 && !/\p{Cc}/u.test(name)),
)
const withCredential = object({ credential: json() })

const deadLink = 'This link is unknown, was used, or is over. Ask for a new one.'
const noSignIn = 'This sign-in is over or was begun elsewhere. Begin again.'

export const signInRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/account/join/options',
    access: 'public',
    about: '`{ link, name }`: what the browser needs to make a passkey for somebody new; `project` and `role` of the link',
    answer: slowly(async ({ context, state }) => {
      const asked = await readBody(context, object({ link, name: personName }), 'a link and a name')
      if (asked instanceof Response) return asked
      const invite = await inviteOf(context, state, asked.link)
      if (invite instanceof Response) return invite
      const options = await state.passkeys.creationOptions(asked.name.trim(), [])
      begin(context, state, { kind: 'join', invite, name: asked.name, challenge: options.challenge })
      return context.json({ options, project: invite.project, role: invite.role })
    }),
  },
  {
    method: 'POST',
    path: '/account/join',
    access: 'public',
    about: '`{ credential }`: the passkey that was made; a person, their place in the project and a session begin',
    answer: slowly(async ({ context, state }) => {
      const asked = await readBody(context, withCredential, 'the answer of the browser as credential')
      if (asked instanceof Response) return asked
      const pending = take(context, state)
      if (pending?.kind !== 'join') return say(context, 400, 'no-sign-in', noSignIn)
      const passkey = await state.passkeys.made(asked.credential, pending.challenge)
      if (typeof passkey === 'string') return say(context, 400, 'passkey', passkey)
      const { database, people, now } = state.parts
      const { name, invite } = pending
      const person = await makePerson(
        database,
        people,
        state.invites,
        { name, invite, wayIn: (id) => state.passkeys.addStep(passkey, id, now()) },
        now(),
      )
      if (person === null) return say(context, 409, 'dead-link', deadLink)
      await state.inviteUsed(invite, person)
      return enter(context, state, person, 'invite and passkey')
    }),
  },
  {
    method: 'POST',
    path: '/account/accept',
    access: 'session',
    about: '`{ link }`: an invite to another project, for who is signed in',
    answer: async ({ context, state, session }) => {
      const asked = await readBody(context, object({ link }), 'a link')
      if (asked instanceof Response) return asked
      const invite = await inviteOf(context, state, asked.link)
      if (invite instanceof Response) return invite
      try {
        await state.parts.database.transaction(null, state.invites.stepsOfUse(invite, session.who.id))
      } catch (error) {
        if (error instanceof Conflict) return say(context, 409, 'dead-link', deadLink)
        throw error
      }
      await state.inviteUsed(invite, session.who.id)
      return context.json({ project: invite.project, role: invite.role })
    },
  },
  {
    method: 'POST',
    path: '/account/sign-in/options',
    access: 'public',
    about: 'a challenge for a passkey',
    answer: slowly(async ({ context, state }) => {
      const options = await state.passkeys.requestOptions()
      begin(context, state, { kind: 'sign-in', challenge: options.challenge })
      return context.json({ options })
    }),
  },
  {
    method: 'POST',
    path: '/account/sign-in',
    access: 'public',
    about: '`{ credential }`: the answer to that challenge; a session begins',
    answer: slowly(async ({ context, state }) => {
      const asked = await readBody(context, withCredential, 'the answer of the browser as credential')
      if (asked instanceof Response) return asked
      const pending = take(context, state)
      if (pending?.kind !== 'sign-in') return say(context, 400, 'no-sign-in', noSignIn)
      const address = state.addressOf(context)
      const passkey = await state.passkeys.known(asked.credential)
      if (!state.signIns.mayTry(address, passkey?.id ?? null)) return wait(context)
      const person = await state.passkeys.signedIn(asked.credential, pending.challenge, state.parts.now())
      if (person === null) {
        state.signIns.failed(address, passkey?.id ?? null)
        state.noteAtDoor(context, passkey?.person ?? null, 'sign-in', 'passkey', 'passkey')
        return say(context, 401, 'passkey', 'This passkey is not known here. Use the one you joined with, or ask for an invite.')
      }
      return enter(context, state, person, 'passkey')
    }),
  },
  {
    method: 'POST',
    path: '/account/passkeys/options',
    access: 'session',
    about: 'what the browser needs to make another passkey of yours',
    answer: async ({ context, state, session }) => {
      if (!state.signIns.maySessionAsk(session.digest)) return wait(context)
      const rows = await state.parts.database.query(null, 'passkeys-of', [session.who.id])
      const options = await state.passkeys.creationOptions(
        session.who.name,
        rows.map((row) => textIn(row, 'id')),
      )
      begin(context, state, { kind: 'passkey', person: session.who.id, challenge: options.challenge })
      return context.json({ options })
    },
  },
  {
    method: 'POST',
    path: '/account/passkeys',
    access: 'session',
    about: '`{ credential }`: that passkey',
    answer: async ({ context, state, session }) => {
      const asked = await readBody(context, withCredential, 'the answer of the browser as credential')
      if (asked instanceof Response) return asked
      const pending = take(context, state)
      if (pending?.kind !== 'passkey' || pending.person !== session.who.id) return say(context, 400, 'no-sign-in', noSignIn)
      const passkey = await state.passkeys.made(asked.credential, pending.challenge)
      if (typeof passkey === 'string') return say(context, 400, 'passkey', passkey)
      await state.parts.database.transaction(null, [state.passkeys.addStep(passkey, session.who.id, state.parts.now())])
      state.noteAtDoor(context, session.who.id, 'passkey-added', passkey.id.slice(0, 16))
      return context.json({ id: passkey.id }, 201)
    },
  },
  {
    method: 'DELETE',
    path: '/account/passkeys/:id',
    access: 'session',
    about: 'takes a passkey of yours away; the last way in stays',
    answer: async ({ context, state, session }) => {
      const id = context.req.param('id') ?? ''
      const [, gone = []] = await state.parts.database.transaction(null, [
        // Two at once must not take the last two ways in.
        { name: 'lock-person', values: [session.who.id] },
        { name: 'drop-passkey', values: [id, session.who.id] },
      ])
      if (gone.length > 0) {
        state.noteAtDoor(context, session.who.id, 'passkey-dropped', id.slice(0, 16))
        return context.json({ dropped: id })
      }
      return say(
        context,
        404,
        'no-such-passkey',
        'This is no passkey of yours, or it is your only way in: add another one first.',
      )
    },
  },
  {
    method: 'POST',
    path: '/account/provider',
    access: 'public',
    about: '`{ link }` (an invite, or null): the address of the provider to go to; who is signed in links their identity',
    answer: slowly(async ({ context, state, session }) => {
      const asked = await readBody(context, object({ link: v.nullable(link) }), 'a link or null')
      if (asked instanceof Response) return asked
      if (!state.provider) return say(context, 404, 'no-provider', 'This server has no provider to sign in with.')
      const invite = asked.link === null ? null : await inviteOf(context, state, asked.link)
      if (invite instanceof Response) return invite
      const { url, journey } = await state.provider.leave()
      begin(context, state, { kind: 'provider', journey, invite, linksTo: session })
      return context.json({ url })
    }),
  },
  {
    method: 'GET',
    path: '/account/provider/callback',
    access: 'public',
    about: 'where the provider sends the browser back to',
    answer: slowly(async ({ context, state }) => {
      const pending = take(context, state)
      if (pending?.kind !== 'provider' || !state.provider) return back(context, state, 'no-sign-in')
      const identity = await state.provider.arrive(new URL(context.req.url).search, pending.journey)
      if (!identity.ok) {
        state.parts.say(`A sign-in by the provider was refused: ${identity.why}`)
        state.noteAtDoor(context, null, 'sign-in', 'provider', 'provider')
        return back(context, state, 'provider')
      }
      const { issuer, subject } = identity
      const { database, people, now } = state.parts
      const [row] = await database.query(null, 'identity', [issuer, subject])
      const known = row ? textIn(row, 'person') : null
      const addStep = (person: string) => ({ name: 'add-identity' as const, values: [issuer, subject, person, now()] })
      if (pending.linksTo !== null) {
        const { digest, who } = pending.linksTo
        // Who was signed out meanwhile, or removed, gets no new way in.
        if (!state.sessions.isAlive(digest)) return back(context, state, 'no-sign-in')
        if (known !== null && known !== who.id) return back(context, state, 'taken')
        if (known === null) await database.transaction(null, [addStep(who.id)])
        return back(context, state, null)
      }
      const { invite } = pending
      let person = known
      let isUsed = true
      if (person === null && invite !== null)
        person = await makePerson(
          database,
          people,
          state.invites,
          { name: identity.name || subject, invite, wayIn: addStep },
          now(),
        )
      else if (person !== null && invite !== null)
        await database.transaction(null, state.invites.stepsOfUse(invite, person)).catch((error: unknown) => {
          if (!(error instanceof Conflict)) throw error
          isUsed = false
        })
      if (person === null) {
        state.noteAtDoor(context, null, 'sign-in', 'provider', 'no-invite')
        return back(context, state, 'no-invite')
      }
      if (invite !== null && isUsed) await state.inviteUsed(invite, person)
      await begun(context, state, person, 'provider')
      return back(context, state, null)
    }),
  },
]

/** Nobody floods the server with these, and a clinic behind one address is no flood. */
function slowly(answer: (asked: Asked) => Promise<Response>): (asked: Asked) => Promise<Response> {
  return async (asked) => {
    const { context, state } = asked
    return state.signIns.mayAsk(state.addressOf(context)) ? answer(asked) : wait(context)
  }
}

function wait(context: Context): Response {
  context.header('Retry-After', '600')
  return say(context, 429, 'too-many', 'Too many sign-ins were tried here. Wait ten minutes.')
}

/** The invite of a link, or the answer that refuses it. */
async function inviteOf(context: Context, state: TeamState, token: string): Promise<Invite | Response> {
  const address = state.addressOf(context)
  if (!state.signIns.mayTry(address, null)) return wait(context)
  const invite = await state.invites.find(token)
  if (invite) return invite
  state.signIns.failed(address, null)
  state.noteAtDoor(context, null, 'sign-in', 'invite', 'dead-link')
  return say(context, 404, 'dead-link', deadLink)
}

function signInCookie(isSecure: boolean): string {
  return isSecure ? '__Host-carryover-sign-in' : 'carryover-sign-in'
}

type PendingSignIn = Parameters<TeamState['pending']['begin']>[1]

/** Lax, for the provider's redirect comes from another site. It opens nothing: it only names a sign-in under way. */
function begin(context: Context, state: TeamState, pending: PendingSignIn): void {
  const { isSecure } = state.parts.ways
  const place = pending.kind === 'passkey' ? pending.person : networkOf(state.addressOf(context))
  setCookie(context, signInCookie(isSecure), state.pending.begin(place, pending), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure,
    maxAge: 600,
  })
}

function take(context: Context, state: TeamState): PendingSignIn | null {
  const name = signInCookie(state.parts.ways.isSecure)
  const pending = state.pending.take(getCookie(context, name))
  deleteCookie(context, name, { path: '/', secure: state.parts.ways.isSecure })
  return pending
}

async function begun(context: Context, state: TeamState, person: string, by: string): Promise<void> {
  const { isSecure } = state.parts.ways
  const token = await state.sessions.begin(person, context.req.header('user-agent') ?? '')
  state.noteAtDoor(context, person, 'sign-in', by)
  setCookie(context, sessionCookie(state.parts.ways), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure,
    maxAge: longest / 1000,
  })
}

async function enter(context: Context, state: TeamState, person: string, by: string): Promise<Response> {
  await begun(context, state, person, by)
  const [row] = await state.parts.database.query(null, 'person', [person])
  return context.json({ id: person, name: textIn(row, 'name'), actor: textIn(row, 'actor') })
}

/** To the page, which says in words what the code means: `no-sign-in`, `provider`, `taken`, `no-invite`. */
function back(context: Context, state: TeamState, code: string | null): Response {
  return context.redirect(`${state.parts.ways.origin}/#/team${code === null ? '' : `?refused=${code}`}`, 303)
}
