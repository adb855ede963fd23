/** Routes of the keys that seal private parts: what was wrapped for you, and wraps for others. The server opens none. */
import * as v from 'valibot'
import { object } from '../../core/values/document.ts'
import { readBody } from './read-body.ts'
import { type Route, say } from './route.ts'

const newWraps = object({ wraps: v.pipe(v.array(v.pipe(v.string(), v.maxLength(2000))), v.minLength(1), v.maxLength(100)) })

export const keyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/team/:project/keys',
    access: 'member',
    isByPage: true,
    about: 'wrapped keys for your devices and the printed key, whom else keys were wrapped for, and devices of who is gone',
    answer: async ({ context, state, session, room }) => {
      state.note(room.project, session, 'key-read', 'wrapped keys', 'ok')
      return context.json(await room.keyHolders.standing(session.who.id))
    },
  },
  {
    method: 'POST',
    path: '/team/:project/keys',
    access: 'member',
    isByPage: true,
    about: '`{ wraps }`: keys wrapped for devices of members, at most 100 at once; from owners and who is named alone',
    answer: async ({ context, state, session, room }) => {
      const asked = await readBody(context, newWraps, 'wraps, 1 to 100 texts')
      if (asked instanceof Response) return asked
      const fault = room.checks.workFault(session.who)
      if (fault) return say(context, 403, fault.code, fault.why)
      const refused = await room.keyHolders.keep(asked.wraps, session.who)
      state.note(room.project, session, 'key-written', `${asked.wraps.length} wrapped keys`, refused?.code ?? 'ok')
      return refused
        ? say(context, refused.code === 'not-allowed' ? 403 : 400, refused.code, refused.why)
        : context.json({ kept: asked.wraps.length }, 201)
    },
  },
]
