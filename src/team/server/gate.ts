/** What stands before every route: the name that was asked for, the origin, the session, the project. Each check has a sentence. */
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { isProjectId } from '../../core/team/streams.ts'
import type { Session } from '../people/sessions.ts'
import type { Room } from '../streams/room.ts'
import { type Route, say, tooFast } from './route.ts'
import type { TeamState, Ways } from './state.ts'

/**
 * Browsers keep a `__Host-` cookie to this host, this path and TLS. On `http://localhost` not every browser takes one without TLS, so the
 * name is plain there; nobody else can reach that address.
 */
export function sessionCookie({ isSecure }: Pick<Ways, 'isSecure'>): string {
  return isSecure ? '__Host-carryover' : 'carryover'
}

/** The answer to a request by its line of the table. */
export function guarded(route: Route, state: TeamState): (context: Context) => Promise<Response> {
  return async (context) => {
    if (changesSomething(route)) {
      const wrong = originFault(context, state.parts.ways)
      if (wrong) return wrong
    }
    if (route.access === 'public')
      return route.answer({ context, state, session: await sessionOf(context, state, route), room: null })
    const session = await sessionOf(context, state, route)
    if (!session) return say(context, 401, 'no-session', 'Sign in first: there is no session, or it ended.')
    if (route.method === 'GET' && !state.limitsOf(session.digest).mayRead(state.parts.now())) return tooFast(context)
    if (route.access === 'session') return route.answer({ context, state, session, room: null })
    if (route.access === 'administrator')
      return session.isAdministrator
        ? route.answer({ context, state, session, room: null })
        : say(context, 403, 'not-administrator', 'Only an administrator of this server can do this.')
    const room = await roomOf(context, state, session)
    if (!room) return say(context, 404, 'no-project', 'There is no such project for you. Ask its administrator for an invite.')
    if (route.access === 'project-administrator' && !(await state.administers(room, session.who.id)))
      return say(context, 403, 'not-administrator', 'Only an administrator of this project can do this.')
    return route.answer({ context, state, session, room })
  }
}

/** Sockets as well: a page elsewhere could open one with the cookie of its visitor. */
function changesSomething({ method }: Route): boolean {
  return method !== 'GET'
}

function originFault(context: Context, { origin }: Ways): Response | null {
  const asked = context.req.header('origin')
  if (asked === origin) return null
  return say(context, 403, 'foreign-origin', `This server takes changes from pages of ${origin} alone; open that address.`)
}

async function sessionOf(context: Context, state: TeamState, { isByPage }: Route): Promise<Session | null> {
  const token = getCookie(context, sessionCookie(state.parts.ways))
  return token === undefined ? null : await state.sessions.find(token, isByPage !== true)
}

/** A stranger learns nothing: no project and no right to it look the same. */
async function roomOf(context: Context, state: TeamState, session: Session): Promise<Room | null> {
  const project = context.req.param('project') ?? ''
  if (!isProjectId(project)) return null
  const room = await state.room(project)
  return room?.isMember(session.who.id) ? room : null
}
