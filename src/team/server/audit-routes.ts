/** Routes that prove and that log: checkpoints, proofs, who looked at what. */
import type { Context } from 'hono'
import { type Access, accessBundle, accessCsv } from '../../core/team/access-log.ts'
import { isDay } from '../../core/values/day.ts'
import { countIn, textIn, textOrNull } from '../store/database.ts'
import { type Route, say } from './route.ts'
import type { TeamState } from './state.ts'

const hexDigest = /^[0-9a-f]{64}$/

/** Most lines of the log in one answer; `after` leads on. */
const mostLines = 10_000

export const auditRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/team/:project/checkpoint',
    access: 'member',
    isByPage: true,
    about:
      'a signed note over the ledger as it is now, its key, and the hashes under it: the file of `verify --checkpoint`; with `witnessed=yes` the newest that the witness signed',
    answer: async ({ context, state, room }) => {
      const isWitnessed = context.req.query('witnessed') === 'yes'
      const file = await state.checkpoints.file(room.project, state.parts.now(), isWitnessed)
      if (file) return context.json(file)
      return say(
        context,
        404,
        'empty',
        isWitnessed ? 'No witness signed a checkpoint of this project yet.' : 'The ledger of this project has no entry yet.',
      )
    },
  },
  {
    method: 'GET',
    path: '/team/:project/note',
    access: 'member',
    isByPage: true,
    about: 'that note, its key and the key of the witness alone: what a page asks for when it begins',
    answer: async ({ context, state, room }) => {
      const note = await state.checkpoints.sign(room.project, state.parts.now())
      return note === null
        ? say(context, 404, 'empty', 'The ledger of this project has no entry yet.')
        : context.json({ note, key: state.checkpoints.keyOf(room.project), witness: state.checkpoints.witnessKey })
    },
  },
  {
    method: 'GET',
    path: '/team/:project/proof',
    access: 'member',
    isByPage: true,
    about: '`from`, `to`: that the ledger only grew; or `hash`, `size`: that an entry is in it',
    answer: async ({ context, state, room }) => {
      const { hash, size, from, to } = context.req.query()
      const [a, b] = [Number(from), Number(to)]
      if (hash !== undefined && hexDigest.test(hash) && Number.isSafeInteger(Number(size)) && Number(size) > 0) {
        const proof = await state.checkpoints.inclusion(room.project, hash, Number(size))
        return proof
          ? context.json(proof)
          : say(context, 404, 'no-proof', 'This entry is not under so many entries of the server.')
      }
      if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || a < 0 || b < a)
        return say(context, 400, 'unreadable', 'This asks for from and to, or for hash and size.')
      const proof = await state.checkpoints.consistency(room.project, a, b)
      return proof ? context.json(proof) : say(context, 404, 'no-proof', `The server has fewer than ${b} entries.`)
    },
  },
  {
    method: 'GET',
    path: '/team/:project/access-log',
    access: 'project-administrator',
    about: 'who looked at what: `format` csv or fhir (AuditEvent); of one `day` and one `person`, after the line `after`',
    answer: async ({ context, state, session, room }) => {
      state.note(room.project, session, 'read', 'access log', 'ok')
      return logAnswer(context, state, room.project)
    },
  },
  {
    method: 'GET',
    path: '/account/access-log',
    access: 'administrator',
    about: 'the same of what belongs to no project: who signed in or failed to, sessions and devices that ended, who left',
    answer: ({ context, state, session }) => {
      state.noteAtDoor(context, session.who.id, 'read', 'access log')
      return logAnswer(context, state, null)
    },
  },
]

async function logAnswer(context: Context, state: TeamState, project: string | null): Promise<Response> {
  const { after = '0', format = 'csv', day = '', person = '' } = context.req.query()
  const isCount = /^\d{1,15}$/.test(after)
  if (!isCount || (format !== 'csv' && format !== 'fhir') || !(day === '' || isDay(day)))
    return say(
      context,
      400,
      'unreadable',
      'This asks for a whole number as after, csv or fhir as format, and a day such as 2026-11-24.',
    )
  const rows = await accesses(state, project, Number(after), day, person)
  if (format === 'csv')
    return context.body(accessCsv(rows), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="access-log.csv"',
    })
  return context.body(JSON.stringify(accessBundle(rows, project, state.parts.ways.origin)), 200, {
    'Content-Type': 'application/fhir+json',
  })
}

const dayLength = 86_400_000

/** @param day YYYY-MM-DD by universal time, as the lines say it; empty for all @param of id of a person; empty for all */
async function accesses(
  state: TeamState,
  project: string | null,
  after: number,
  day: string,
  of: string,
): Promise<readonly Access[]> {
  const { database } = state.parts
  const people = await database.query(null, 'people', [])
  const names = new Map(people.map((row) => [textIn(row, 'id'), textIn(row, 'name')]))
  const from = day === '' ? 0 : Date.parse(`${day}T00:00:00Z`)
  const until = day === '' ? Number.MAX_SAFE_INTEGER : from + dayLength
  const asked = [after, mostLines, from, until, of === '' ? null : of]
  const rows =
    project === null
      ? await database.query(null, 'access-at-door', asked)
      : await database.query(project, 'access-log', [project, ...asked])
  return rows.map((row) => {
    const person = textOrNull(row, 'person') ?? ''
    return {
      id: countIn(row, 'id'),
      person,
      name: names.get(person) ?? '',
      act: textIn(row, 'act'),
      object: textIn(row, 'object'),
      outcome: textIn(row, 'outcome'),
      at: countIn(row, 'at'),
      address: textOrNull(row, 'address') ?? '',
    }
  })
}
