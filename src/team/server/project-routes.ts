/** Routes of one project: its socket, its files, older items, its members. */
import { Readable } from 'node:stream'
import * as v from 'valibot'
import { encodeServerFrame } from '../../core/team/frames.ts'
import { isProjectId, streamNameOf } from '../../core/team/streams.ts'
import { object } from '../../core/values/document.ts'
import { largestBlob } from '../store/blobs.ts'
import { Conflict, countIn, textIn } from '../store/database.ts'
import { introductionBytes } from '../streams/files-gate.ts'
import { readItems } from '../streams/follower.ts'
import { readBody } from './read-body.ts'
import { type Route, say, tooFast } from './route.ts'
import { openSocket } from './socket.ts'
import type { TeamState } from './state.ts'

const newProject = object({
  id: v.pipe(v.string(), v.check(isProjectId)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
})

/** Of one person: each takes as much of the disk as the server allows a project. */
export const mostProjects = 50

const hexDigest = /^[0-9a-f]{64}$/

/** About what a page of items has at most. */
const itemsCost = 4 * 1024 * 1024

export const projectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/team',
    access: 'session',
    about: 'projects of which you are a member',
    answer: async ({ context, state, session }) => {
      const rows = await state.parts.database.query(null, 'projects-of', [session.who.id])
      return context.json({ projects: rows.map((row) => ({ id: textIn(row, 'id'), name: textIn(row, 'name') })) })
    },
  },
  {
    method: 'POST',
    path: '/team',
    access: 'session',
    about: 'puts a project on the server; who does administers it and sends its ledger as it is',
    answer: async ({ context, state, session }) => {
      const asked = await readBody(context, newProject, 'an id and a name')
      if (asked instanceof Response) return asked
      const { database, now } = state.parts
      try {
        await database.transaction(null, [
          { name: 'lock-person', values: [session.who.id] },
          { name: 'found-project', values: [asked.id, asked.name, session.who.id, now(), mostProjects] },
          { name: 'add-member', values: [asked.id, session.who.id, 'admin', 'creator', now()] },
        ])
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
        const isThere = (await database.query(null, 'project', [asked.id])).length > 0
        return isThere
          ? say(context, 409, 'taken', 'This project is on the server already. Ask its administrator for an invite.')
          : say(
              context,
              409,
              'too-many',
              `You put ${mostProjects} projects on this server. Somebody else can put the next one here.`,
            )
      }
      return context.json({ id: asked.id, name: asked.name }, 201)
    },
  },
  {
    method: 'SOCKET',
    path: '/team/:project',
    access: 'member',
    isByPage: true,
    about: 'the socket of a project',
    answer: openSocket,
  },
  {
    method: 'GET',
    path: '/team/:project/about',
    access: 'member',
    isByPage: true,
    about:
      'streams with their last item, members, whose devices there are and since when, your roles, who moved the project here and at which item of `files` that ended',
    answer: async ({ context, state, session, room }) => {
      const { database } = state.parts
      // Before the streams: an end is no later than their last items.
      const move = await room.move()
      const streams = await database.query(room.project, 'streams-of', [room.project])
      const members = await database.query(null, 'members-of', [room.project])
      return context.json({
        project: room.project,
        streams: Object.fromEntries(streams.map((row) => [textIn(row, 'name'), countIn(row, 'last')])),
        members: members.map((row) => ({
          person: textIn(row, 'person'),
          name: textIn(row, 'name'),
          actor: textIn(row, 'actor'),
          role: textIn(row, 'role'),
          source: textIn(row, 'source'),
          since: countIn(row, 'since'),
        })),
        devices: (await database.query(null, 'devices-in', [room.project])).map((row) => ({
          device: textIn(row, 'device'),
          person: textIn(row, 'person'),
          actor: textIn(row, 'actor'),
          since: countIn(row, 'proven_at'),
        })),
        move,
        you: { person: session.who.id, ...room.standingOf(session.who) },
        mayAdminister: await state.administers(room, session.who.id),
      })
    },
  },
  {
    method: 'POST',
    path: '/team/:project/moved',
    access: 'project-administrator',
    about: 'ends the move of a project: from here on each entry has to be of who sends it',
    answer: async ({ context, state, session, room }) => {
      await room.endMove()
      state.note(room.project, session, 'moved', room.project, 'ok')
      return context.json({ moved: true })
    },
  },
  {
    method: 'GET',
    path: '/team/:project/items',
    access: 'member',
    isByPage: true,
    about: 'items of `stream` after `from`, at most `limit` (500), as one frame `items`: older versions of a map',
    answer: async ({ context, state, session, room }) => {
      const stream = context.req.query('stream') ?? ''
      const from = Number(context.req.query('from') ?? 0)
      const limit = Math.min(500, Number(context.req.query('limit') ?? 500))
      if (streamNameOf(stream) === null || !Number.isSafeInteger(from) || from < 0 || !Number.isSafeInteger(limit) || limit < 1)
        return say(context, 400, 'unreadable', 'This asks for the name of a stream, and whole numbers as from and limit.')
      if (!state.limitsOf(session.digest).mayReadBytes(itemsCost, state.parts.now())) return tooFast(context)
      const items = await readItems(state.parts.database, room.project, stream, from, limit)
      return context.body(encodeServerFrame({ kind: 'items', stream, items }), 200, {
        'Content-Type': 'application/octet-stream',
      })
    },
  },
  {
    method: 'PUT',
    path: '/team/:project/blob/:digest',
    access: 'member',
    about: 'the bytes of a kept document under their SHA-256',
    answer: async ({ context, state, session, room }) => {
      const digest = context.req.param('digest') ?? ''
      if (!hexDigest.test(digest))
        return say(context, 400, 'unreadable', 'A file is named by the 64 hexadecimal digits of its SHA-256.')
      const length = Number(context.req.header('content-length') ?? Number.NaN)
      if (!Number.isSafeInteger(length)) return say(context, 400, 'unreadable', 'Say how many bytes are sent (Content-Length).')
      const fault = room.checks.workFault(session.who)
      if (fault && !(length <= introductionBytes && room.checks.mayIntroduce(session.who)))
        return say(context, 403, fault.code, fault.why)
      if (length > largestBlob)
        return say(context, 413, 'too-large', `A file may have ${largestBlob} bytes at most; this one has ${length}.`)
      if (!state.limitsOf(session.digest).maySendFile(length, state.parts.now())) return tooFast(context)
      const full = await fullness(state, room.project, length)
      if (full !== null) return say(context, 413, 'too-large', full)
      if (!(await state.parts.blobs.hasRoom()))
        return say(context, 503, 'trouble', 'The disk of the server is nearly full. Your work stays here; tell who runs it.')
      const { body } = context.req.raw
      const kept = await state.parts.blobs.keep(room.project, digest, body ?? Readable.from([]))
      if (!kept.ok) return say(context, kept.code === 'too-large' ? 413 : 400, kept.code, kept.why)
      await state.parts.database.transaction(room.project, [
        { name: 'note-blob', values: [room.project, digest, kept.size, session.who.id, state.parts.now()] },
      ])
      return context.json({ digest, size: kept.size }, 201)
    },
  },
  {
    method: 'GET',
    path: '/team/:project/blob/:digest',
    access: 'member',
    isByPage: true,
    about: 'those bytes again',
    answer: async ({ context, state, session, room }) => {
      const digest = context.req.param('digest') ?? ''
      const found = hexDigest.test(digest) ? await state.parts.blobs.read(room.project, digest) : null
      if (!found) return say(context, 404, 'missing-blob', 'There is no such file in this project.')
      if (!state.limitsOf(session.digest).mayReadBytes(found.size, state.parts.now())) {
        found.stream.destroy()
        return tooFast(context)
      }
      state.note(room.project, session, 'read', `blob ${digest}`, 'ok')
      // Nobody reads the stream of a HEAD: its file would stay open.
      if (context.req.method === 'HEAD') found.stream.destroy()
      return context.body(Readable.toWeb(found.stream) as ReadableStream<Uint8Array<ArrayBuffer>>, 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Length': String(found.size),
        'Content-Disposition': 'attachment',
      })
    },
  },
]

/** Why no more bytes of files go into this project; null where they do. */
async function fullness({ parts }: TeamState, project: string, more: number): Promise<string | null> {
  const [row] = await parts.database.query(project, 'blob-bytes', [project])
  const held = countIn(row, 'bytes')
  if (held + more <= parts.mostProjectBytes) return null
  return `The files of this project hold ${held} bytes on the server; at most ${parts.mostProjectBytes} are allowed. Ask who runs it for more (--project-size).`
}
