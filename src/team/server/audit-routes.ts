/** Routes that prove and that log: checkpoints, proofs, who looked at what. */
import { type Access, accessBundle, accessCsv } from '../../core/team/access-log.ts'
import { countIn, textIn } from '../store/database.ts'
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
    about: 'a signed note over the ledger as it is now, its key, and the hashes under it: the file of `verify --checkpoint`',
    answer: async ({ context, state, room }) => {
      const file = await state.checkpoints.file(room.project, state.parts.now())
      return file ? context.json(file) : say(context, 404, 'empty', 'The ledger of this project has no entry yet.')
    },
  },
  {
    method: 'GET',
    path: '/team/:project/note',
    access: 'member',
    isByPage: true,
    about: 'that note and its key alone: what a page asks for when it begins',
    answer: async ({ context, state, room }) => {
      const note = await state.checkpoints.sign(room.project, state.parts.now())
      return note === null
        ? say(context, 404, 'empty', 'The ledger of this project has no entry yet.')
        : context.json({ note, key: state.checkpoints.keyOf(room.project) })
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
    about: 'who looked at what, after the line `after`: `format` csv or fhir (AuditEvent)',
    answer: async ({ context, state, session, room }) => {
      const after = Number(context.req.query('after') ?? 0)
      const format = context.req.query('format') ?? 'csv'
      if (!Number.isSafeInteger(after) || after < 0 || (format !== 'csv' && format !== 'fhir'))
        return say(context, 400, 'unreadable', 'This asks for a whole number as after, and csv or fhir as format.')
      const rows = await accesses(state, room.project, after)
      state.note(room.project, session, 'read', 'access log', 'ok')
      if (format === 'csv')
        return context.body(accessCsv(rows), 200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="access-log.csv"',
        })
      return context.body(JSON.stringify(accessBundle(rows, room.project, state.parts.ways.origin)), 200, {
        'Content-Type': 'application/fhir+json',
      })
    },
  },
]

async function accesses(state: TeamState, project: string, after: number): Promise<readonly Access[]> {
  const { database } = state.parts
  const people = await database.query(null, 'people', [])
  const names = new Map(people.map((row) => [textIn(row, 'id'), textIn(row, 'name')]))
  return (await database.query(project, 'access-log', [project, after, mostLines])).map((row) => {
    const person = textIn(row, 'person')
    return {
      id: countIn(row, 'id'),
      person,
      name: names.get(person) ?? '',
      act: textIn(row, 'act'),
      object: textIn(row, 'object'),
      outcome: textIn(row, 'outcome'),
      at: countIn(row, 'at'),
    }
  })
}
