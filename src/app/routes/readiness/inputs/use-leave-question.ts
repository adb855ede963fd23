/** Asks before unsaved work is left: for another address of the app, or with the page itself. */
import { useEffect, useRef } from 'react'
import { ask } from '../../../session/question.ts'
import { holdAddress } from '../../../window/hash-location.ts'

/** True where the person gives up what is not saved. */
export async function givesUp(what: string): Promise<boolean> {
  const answer = await ask({
    title: 'Leave without saving?',
    text: `Changes of ${what} are not saved yet. They are lost when you leave.`,
    choices: [
      { value: 'stay', label: 'Stay here' },
      { value: 'leave', label: 'Leave without saving' },
    ],
  })
  return answer === 'leave'
}

/** @param stays tells addresses on which the work stays open */
export function useLeaveQuestion(unsaved: boolean, what: string, stays: (hash: string) => boolean): void {
  const latest = useRef({ what, stays })
  latest.current = { what, stays }
  useEffect(() => {
    if (!unsaved) return
    let here = location.hash
    holdAddress(here)
    const onHash = (): void => {
      const to = location.hash
      if (to === here) return
      if (latest.current.stays(to)) {
        here = to
        holdAddress(here)
        return
      }
      history.replaceState(null, '', here)
      void givesUp(latest.current.what).then((leaves) => {
        if (!leaves) return
        holdAddress(null)
        removeEventListener('hashchange', onHash, { capture: true })
        location.hash = to
      })
    }
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault()
    // Before the pages hear of it.
    addEventListener('hashchange', onHash, { capture: true })
    addEventListener('beforeunload', onUnload)
    return () => {
      holdAddress(null)
      removeEventListener('hashchange', onHash, { capture: true })
      removeEventListener('beforeunload', onUnload)
    }
  }, [unsaved])
}
