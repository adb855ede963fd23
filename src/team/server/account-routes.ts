/** Routes of who is signed in: their devices and sessions. */
import { deleteCookie } from 'hono/cookie'
import { countIn, textIn } from '../store/database.ts'
import { sessionCookie } from './gate.ts'
import { type Route, say } from './route.ts'

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/account',
    access: 'public',
    isByPage: true,
    about: 'whether you are signed in, and which ways in there are',
    answer: ({ context, state, session }) =>
      context.json({
        server: 'carryover-team',
        protocol: 1,
        origin: state.parts.ways.origin,
        provider: state.provider?.name ?? null,
        logDays: state.parts.logDays,
        you: session && { ...session.who, isAdministrator: session.isAdministrator, endsAt: session.endsAt },
      }),
  },
  {
    method: 'GET',
    path: '/account/me',
    access: 'session',
    about: 'your devices, sessions, passkeys and identities',
    answer: async ({ context, state, session }) => {
      const { database, people } = state.parts
      const id = session.who.id
      const [sessions, passkeys, identities] = [
        await database.query(null, 'sessions-of', [id]),
        await database.query(null, 'passkeys-of', [id]),
        await database.query(null, 'identities-of', [id]),
      ]
      return context.json({
        you: session.who,
        devices: await people.listDevices(id),
        sessions: sessions.map((row) => ({
          id: textIn(row, 'digest').slice(0, 16),
          agent: textIn(row, 'agent'),
          madeAt: countIn(row, 'made_at'),
          seenAt: countIn(row, 'seen_at'),
          endsAt: countIn(row, 'ends_at'),
          isThis: textIn(row, 'digest') === session.digest,
        })),
        passkeys: passkeys.map((row) => ({ id: textIn(row, 'id'), madeAt: countIn(row, 'made_at') })),
        identities: identities.map((row) => ({ issuer: textIn(row, 'issuer'), subject: textIn(row, 'subject') })),
      })
    },
  },
  {
    method: 'POST',
    path: '/account/sign-out',
    access: 'session',
    about: 'ends this session and its sockets',
    answer: async ({ context, state, session }) => {
      await state.sessions.end(session.digest, session.who.id)
      state.noteAtDoor(context, session.who.id, 'session-ended', 'signed out')
      deleteCookie(context, sessionCookie(state.parts.ways), { path: '/', secure: state.parts.ways.isSecure })
      return context.json({ signedOut: true })
    },
  },
  {
    method: 'DELETE',
    path: '/account/sessions/:id',
    access: 'session',
    about: 'ends another session of yours, by the first 16 digits of its digest',
    answer: async ({ context, state, session }) => {
      const id = context.req.param('id') ?? ''
      const rows = await state.parts.database.query(null, 'sessions-of', [session.who.id])
      const found = rows.map((row) => textIn(row, 'digest')).find((digest) => digest.slice(0, 16) === id)
      if (found === undefined) return say(context, 404, 'no-such-session', 'There is no such session of yours.')
      await state.sessions.end(found, session.who.id)
      state.noteAtDoor(context, session.who.id, 'session-ended', `revoked ${id}`)
      return context.json({ ended: id })
    },
  },
  {
    method: 'DELETE',
    path: '/account/devices/:id',
    access: 'session',
    about:
      'revokes a device of yours in all projects: nothing of it is taken any more, its sessions end, and keys wrapped for it are deleted',
    answer: async ({ context, state, session }) => {
      const id = context.req.param('id') ?? ''
      const ended = await state.parts.people.revokeDevice(session.who.id, id, state.parts.now())
      if (ended === null) return say(context, 404, 'no-such-device', 'There is no such device of yours.')
      state.sessions.gone(ended)
      state.noteAtDoor(context, session.who.id, 'device-revoked', `${id}, sessions that ended: ${ended.length}`)
      for (const room of await state.rooms()) await room.keyHolders.dropLeftOver()
      return context.json({ revoked: id })
    },
  },
]
