/** A link to a view: opens the project and the view for a member, and says plainly to anybody else that there is no way in. */
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { errorWords } from '../../core/values/error-words.ts'
import { ButtonLink } from '../components/button.tsx'
import { EmptyState, PageHead } from '../components/panel.tsx'
import { useWorkspace, workspace } from '../session/state.ts'
import { navigate } from '../window/hash-location.ts'
import { standingIn } from './ask-server.ts'
import { openFromServer } from './projects.ts'
import { TeamPage } from './team-page.tsx'

export function TeamOpen({ id }: { readonly id: string }) {
  const [search] = useSearchParams()
  const view = search.get('view') ?? 'readiness'
  const [state, setState] = useState<'asking' | 'signed-out' | 'no-member' | 'unreachable' | { readonly why: string }>('asking')
  // Files are opened only after the page has proven what it may send.
  const safe = useWorkspace((w) => w.policy?.safe === true)
  useEffect(() => {
    if (!safe) return
    void (async () => {
      const standing = await standingIn(id)
      if (standing !== 'here') return setState(standing)
      try {
        if (workspace().project?.manifest.id !== id) await openFromServer(id)
        navigate(`/${view}`, { replace: true })
      } catch (error) {
        setState({ why: errorWords(error) })
      }
    })()
  }, [id, view, safe])
  if (state === 'signed-out') return <TeamPage link={null} />
  if (state === 'asking') return <p className="muted">Opening…</p>
  return (
    <>
      <PageHead title={state === 'no-member' ? 'No access' : 'This view can not be opened now'} />
      <EmptyState title={state === 'no-member' ? 'You are no member of this project' : 'Try the link again in a moment'}>
        <p className="muted">
          {state === 'no-member'
            ? 'Ask whoever sent you the link for an invite, then open it again. Nothing of the project came to this browser.'
            : state === 'unreachable'
              ? 'The server does not answer.'
              : state.why}
        </p>
        <ButtonLink href="#/team">Your projects</ButtonLink>
      </EmptyState>
    </>
  )
}
