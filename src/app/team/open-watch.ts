/** The watch over the notes of a server, for the project that is open. */
import { setWorkspace, workspace } from '../session/state.ts'
import { CheckpointWatch } from './checkpoint-watch.ts'
import type { Connection } from './connection.ts'
import type { KeptStanding } from './kept-standing.ts'
import { setTeam } from './team-state.ts'

export interface WatchedSession {
  readonly project: string
  readonly connection: Connection
  readonly standing: () => KeptStanding
  readonly noted: (change: (standing: KeptStanding) => KeptStanding) => void
}

export function openWatch({ project, connection, standing, noted }: WatchedSession): CheckpointWatch {
  return new CheckpointWatch({
    project,
    kept: () => standing().checkpoint ?? null,
    keep: (checkpoint, size) => {
      noted((now) => ({ ...now, checkpoint }))
      setTeam({ proven: size })
    },
    here: () => {
      const { project: open } = workspace()
      return open?.manifest.id === project ? open : null
    },
    lacking: () => {
      noted((now) => ({ ...now, seqs: { ...now.seqs, ledger: 0, files: 0 } }))
      setWorkspace({
        problem:
          'This copy lacks entries of the ledger that the server has: it is an older one. Reload the page; they are fetched again.',
      })
    },
    stop: (why) => connection.stop(why),
    ask: async (path) => {
      try {
        const answer = await fetch(`/team/${encodeURIComponent(project)}/${path}`, { signal: AbortSignal.timeout(60_000) })
        // A server that has no proof says so, and that is an answer.
        return answer.ok || answer.status === 404 ? await answer.text() : null
      } catch {
        return null
      }
    },
  })
}
