/** Begins the team's part of the page once, where the page comes from a team's server. */
import { useEffect } from 'react'
import { errorWords } from '../../core/values/error-words.ts'
import { setWorkspace } from '../session/state.ts'
import { startTeam } from './team.ts'

export function TeamStart() {
  useEffect(() => {
    startTeam().catch((error: unknown) =>
      setWorkspace({ problem: `The team's server can not be reached by this page: ${errorWords(error)} Reload the page.` }),
    )
  }, [])
  return null
}
