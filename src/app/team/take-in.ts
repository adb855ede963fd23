/** What others did becomes part of the open project, as one act. */
import type { Project } from '../../core/project/format/project.ts'
import { changedByOthers } from '../../core/project/reports/changes-since.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { act } from '../session/act.ts'
import { actorSlug } from '../session/ledger.ts'
import { setWorkspace } from '../session/state.ts'
import { noteFromOthers } from '../session/visit.ts'
import { showChangedMaps } from './changed-maps.ts'
import { decidedTwice, type Twice } from './decided-twice.ts'
import type { Incoming } from './incoming.ts'
import { type JoinOutcome, joinOthers } from './join.ts'

interface TakenIn {
  readonly outcome: Extract<JoinOutcome, { readonly ok: true }>
  readonly twice: readonly Twice[]
}

const mostTurns = 6

/** Null where the project was left meanwhile. @param isOwn whether this is the project that the others work on @throws {Error} with a sentence */
export async function takeIn(incoming: Incoming, isOwn: (project: Project) => boolean): Promise<TakenIn | null> {
  const made: (TakenIn & { readonly before: Project })[] = []
  for (let turn = 1; ; turn++) {
    const refusal = await act(async (project) => {
      // Another project may have been opened while files came.
      if (!isOwn(project)) return { ok: true, project }
      const outcome = await joinOthers(project, incoming, webVerifier)
      if (!outcome.ok) return outcome
      const known = new Set(project.ledger.map(({ hash }) => hash))
      const fresh = incoming.entries.filter(({ hash }) => !known.has(hash))
      made.push({ outcome, twice: decidedTwice(project.ledger, fresh, actorSlug(), Date.now()), before: project })
      return { ok: true, project: outcome.project }
    })
    if (refusal === null) break
    if (turn === mostTurns || !refusal.startsWith('The project changed meanwhile')) throw new Error(refusal)
  }
  const taken = made.at(-1)
  if (!taken) return null
  noteFromOthers(changedByOthers(taken.before, taken.outcome.project))
  showChangedMaps(taken.before.workflows, taken.outcome.project.workflows)
  const { forks } = taken.outcome
  if (forks.length > 0)
    setWorkspace({
      problem: `Somebody went on from an old copy: the chain of ${forks.map(({ device }) => device).join(', ')} has two continuations. Both are kept and shown; nothing can be signed until a named person has settled on the Ledger page which one stands.`,
    })
  return taken
}
