/** Routes of those who administer a project or the server: invites, members, people. */
import * as v from 'valibot'
import { inviteDays } from '../../core/team/link-life.ts'
import { object } from '../../core/values/document.ts'
import { isRole } from '../people/invites.ts'
import { countOrNull, textIn } from '../store/database.ts'
import { readBody } from './read-body.ts'
import { type Route, say } from './route.ts'

export const adminRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/team/:project/invites',
    access: 'project-administrator',
    about: 'invites of the project, without their links',
    answer: async ({ context, state, room }) => context.json({ invites: await state.invites.list(room.project) }),
  },
  {
    method: 'POST',
    path: '/team/:project/invites',
    access: 'project-administrator',
    about: `\`{ role }\`: a link for one person, ${inviteDays} days, once; it is shown this time alone`,
    answer: async ({ context, state, session, room }) => {
      const asked = await readBody(context, object({ role: v.pipe(v.string(), v.check(isRole)) }), 'a role')
      if (asked instanceof Response) return asked
      if (!isRole(asked.role)) return say(context, 400, 'unreadable', 'This asks for a role.')
      const { token, endsAt } = await state.invites.invite(room.project, asked.role, session.who.id)
      state.note(room.project, session, 'invite', asked.role, 'ok')
      return context.json({ link: `${state.parts.ways.origin}/#/team/join/${token}`, endsAt }, 201)
    },
  },
  {
    method: 'DELETE',
    path: '/team/:project/invites/:id',
    access: 'project-administrator',
    about: 'withdraws an invite that nobody used',
    answer: async ({ context, state, session, room }) => {
      const id = context.req.param('id') ?? ''
      const done = await state.invites.withdraw(room.project, id)
      if (done) state.note(room.project, session, 'invite-withdrawn', id, 'ok')
      return done
        ? context.json({ withdrawn: id })
        : say(context, 404, 'no-such-invite', 'There is no such invite, or it was used.')
    },
  },
  {
    method: 'DELETE',
    path: '/team/:project/members/:person',
    access: 'project-administrator',
    about: 'takes somebody off the project: their sockets on it close at once',
    answer: async ({ context, state, session, room }) => {
      const person = context.req.param('person') ?? ''
      if (person === session.who.id)
        return say(context, 409, 'yourself', 'You can not take yourself off the project; another administrator can.')
      const [gone = []] = await state.parts.database.transaction(null, [
        { name: 'remove-member', values: [room.project, person, state.parts.now()] },
        { name: 'drop-invites-by', values: [person, room.project] },
      ])
      if (gone.length === 0) return say(context, 404, 'no-such-member', 'There is no such member.')
      await room.readMembers()
      state.note(room.project, session, 'remove', person, 'ok')
      return context.json({ removed: person })
    },
  },
  {
    method: 'GET',
    path: '/account/people',
    access: 'administrator',
    about: 'everybody on this server',
    answer: async ({ context, state }) => {
      const rows = await state.parts.database.query(null, 'people', [])
      return context.json({
        people: rows.map((row) => ({
          id: textIn(row, 'id'),
          name: textIn(row, 'name'),
          actor: textIn(row, 'actor'),
          isAdministrator: row.administrator === true,
          leftAt: countOrNull(row, 'left_at'),
        })),
      })
    },
  },
  {
    method: 'DELETE',
    path: '/account/people/:id',
    access: 'administrator',
    about: 'somebody leaves the clinic: sessions and sockets end, and nobody signs in as them again',
    answer: async ({ context, state, session }) => {
      const id = context.req.param('id') ?? ''
      if (id === session.who.id) return say(context, 409, 'yourself', 'You can not remove yourself; another administrator can.')
      const [gone = []] = await state.parts.database.transaction(null, [
        { name: 'person-left', values: [id, state.parts.now()] },
        { name: 'drop-invites-by', values: [id, null] },
      ])
      if (gone.length === 0) return say(context, 404, 'no-such-person', 'There is no such person.')
      await state.sessions.endAllOf(id)
      state.noteAtDoor(context, session.who.id, 'left', id)
      for (const room of await state.rooms()) await room.readMembers()
      return context.json({ left: id })
    },
  },
]
