/** What a route is: one line of the table that both the server and its tests are made from. */
import type { Context } from 'hono'
import type { Session } from '../people/sessions.ts'
import type { Room } from '../streams/room.ts'
import type { TeamState } from './state.ts'

export interface Asked {
  readonly context: Context
  readonly state: TeamState
  /** Null on public routes alone. */
  readonly session: Session | null
  /** Null where the path names no project. */
  readonly room: Room | null
}

/** What a route with a session gets. */
export interface AskedBySomebody extends Asked {
  readonly session: Session
}

export interface AskedInProject extends AskedBySomebody {
  readonly room: Room
}

type Answer = Response | Promise<Response>

interface Place {
  /** `SOCKET` is a GET that asks for an upgrade. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'SOCKET'
  readonly path: string
  /** One sentence for the page of routes. */
  readonly about: string
  /** An open page asks for it without a person doing anything: that is no use of the session. */
  readonly isByPage?: true
}

/** Who may ask: anybody, somebody signed in, a member of the project that the path names, a member who administers it, who administers the server. */
export type Route =
  | (Place & { readonly access: 'public'; readonly answer: (asked: Asked) => Answer })
  | (Place & { readonly access: 'session' | 'administrator'; readonly answer: (asked: AskedBySomebody) => Answer })
  | (Place & { readonly access: 'member' | 'project-administrator'; readonly answer: (asked: AskedInProject) => Answer })

/** An answer with a sentence, as JSON, and nothing kept by caches. */
export function say(
  context: Context,
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 429 | 500 | 503,
  code: string,
  why: string,
  more: object = {},
): Response {
  return context.json({ code, why, ...more }, status)
}

/** The budget of a session is used up; it fills again by itself. */
export function tooFast(context: Context): Response {
  context.header('Retry-After', '5')
  return say(context, 429, 'too-many', 'This session asks faster than the server answers. Try again in a moment.')
}
