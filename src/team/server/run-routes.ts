/** Routes of runs on the engine of the server. Files of patients lie at the server; what goes to the page is counts, places and shapes of values. */
import * as v from 'valibot'
import { allowed } from '../../core/project/duties/roles.ts'
import { serverVerbs } from '../../core/team/server-runs.ts'
import { object } from '../../core/values/document.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { runDocuments, runInputs } from '../runs/project-documents.ts'
import type { RunDesk } from '../runs/run-desk.ts'
import type { RunFolder } from '../runs/run-folder.ts'
import { readBody } from './read-body.ts'
import { type AskedInProject, type Route, say, tooFast } from './route.ts'

const newRun = object({ verb: v.picklist(serverVerbs) })

export const runRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/team/:project/runs',
    access: 'member',
    isByPage: true,
    about: 'runs of the project on the engine of the server, the newest first; `engine` is null where nobody set one up',
    answer: async ({ context, state, room }) => {
      const { runs } = state.parts
      return context.json({ engine: runs?.engine ?? null, runs: (await runs?.list(room.project)) ?? [] })
    },
  },
  {
    method: 'GET',
    path: '/team/:project/runs/inputs',
    access: 'member',
    isByPage: true,
    about: 'what a run would read: where the files of the project are looked for, which are there, what can be run',
    answer: async (asked) => {
      const { context, state, room } = asked
      const { runs } = state.parts
      if (runs === null) return noEngine(asked)
      const { project } = room
      try {
        const inputs = await runs.inputsOf(project, () => runInputs(room, state.parts.blobs, runs.placeOf(project)))
        return typeof inputs === 'string' ? say(context, 409, 'not-here', inputs) : context.json(inputs)
      } catch (error) {
        return say(context, 503, 'no-store', `The files can not be looked for: ${errorWords(error)} Ask who runs the server.`)
      }
    },
  },
  {
    method: 'POST',
    path: '/team/:project/runs',
    access: 'member',
    about: '`{ verb }`: begins a run over the files of the project that lie at the server',
    answer: async (asked) => {
      const { context, state, session, room } = asked
      const { runs } = state.parts
      const fault = mayRun(asked)
      if (fault) return fault
      const body = await readBody(context, newRun, 'a verb that the server runs')
      if (body instanceof Response) return body
      if (runs === null) return noEngine(asked)
      const { project } = room
      const { blobs } = state.parts
      const begun = await runs.begin(
        { project, verb: body.verb, by: session.who.actor, place: runs.placeOf(project) },
        () => runDocuments(room, blobs),
        (digest, to) => blobs.copy(project, digest, to),
      )
      if (!begun.ok) return say(context, 409, begun.code, begun.why)
      state.note(project, session, 'run-begun', `${body.verb} ${begun.run.id}`, 'ok')
      return context.json(begun.run, 201)
    },
  },
  {
    method: 'POST',
    path: '/team/:project/runs/:run/cancel',
    access: 'member',
    about: 'calls a run off: its processes end, rows on their way are removed',
    answer: async (asked) =>
      ofRun(asked, true, async (runs, folder) => {
        const { context, state, session, room } = asked
        if (!(await runs.cancel(folder))) return say(context, 409, 'over', 'This run is over already.')
        state.note(room.project, session, 'run-cancelled', folder.about.id, 'ok')
        return context.json({ cancelled: folder.about.id })
      }),
  },
  {
    method: 'POST',
    path: '/team/:project/runs/:run/again',
    access: 'member',
    about: 'tries again what was set aside of a run',
    answer: async (asked) =>
      ofRun(asked, true, async (runs, folder) => {
        const { context, state, session, room } = asked
        const begun = await runs.again(folder)
        if (!begun.ok) return say(context, 409, begun.code, begun.why)
        state.note(room.project, session, 'run-again', folder.about.id, 'ok')
        return context.json(begun.run)
      }),
  },
  {
    method: 'GET',
    path: '/team/:project/runs/:run/result',
    access: 'member',
    about: 'what a run found, values masked: `ValidateResult` or `ReconcileResult` as JSON, a profile as Markdown',
    answer: async (asked) =>
      ofRun(asked, false, async (runs, folder) => {
        const { context, state, session, room } = asked
        const bytes = await runs.resultOf(folder)
        if (bytes === null) return say(context, 404, 'no-result', 'This run has no result: it goes on, failed or was cancelled.')
        if (!state.limitsOf(session.digest).mayReadBytes(bytes.length, state.parts.now())) return tooFast(context)
        state.note(room.project, session, 'read', `run ${folder.about.id}`, 'ok')
        const type = folder.about.verb === 'profile' ? 'text/markdown; charset=utf-8' : 'application/json'
        return context.body(bytes, 200, { 'Content-Type': type, 'Content-Disposition': 'attachment' })
      }),
  },
]

/** @param changes asks for the right to run as well */
async function ofRun(
  asked: AskedInProject,
  changes: boolean,
  answer: (runs: RunDesk, folder: RunFolder) => Promise<Response>,
): Promise<Response> {
  const { context, state, room } = asked
  const { runs } = state.parts
  const fault = changes ? mayRun(asked) : null
  if (fault) return fault
  if (runs === null) return noEngine(asked)
  const folder = runs.find(room.project, context.req.param('run') ?? '')
  return folder ? await answer(runs, folder) : say(context, 404, 'no-run', 'There is no such run of this project.')
}

/** A run is evidence once it is taken into the project: who may do that may have it made. */
function mayRun({ context, session, room }: AskedInProject): Response | null {
  const fault = room.checks.workFault(session.who)
  if (fault) return say(context, 403, fault.code, fault.why)
  const held = room.gate.rolesOf(session.who)
  return held === null || allowed(held, 'run-finished')
    ? null
    : say(context, 403, 'not-allowed', 'Runs are begun by who has the role data. Ask an administrator.')
}

function noEngine({ context }: Pick<AskedInProject, 'context'>): Response {
  return say(
    context,
    409,
    'no-engine',
    'This server runs no checks. Whoever starts it names --inputs, --engine and --work of carryover team.',
  )
}
