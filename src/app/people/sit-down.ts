/** Who sits at this browser: naming, switching as an act of its own, and going on after the lock. */
import { useEffect, useState } from 'react'
import { record } from '../../core/project/acts/hand.ts'
import { whyNotAllowed } from '../../core/project/duties/roles.ts'
import { act, type Refusal } from '../session/act.ts'
import { actorSlug, hand, slugOf } from '../session/ledger.ts'
import { keepSettings } from '../session/settings.ts'
import { type Person, setWorkspace, workspace } from '../session/state.ts'
import { unlock } from './seat.ts'
import { hasSigningKey, opensOwnKey } from './sign.ts'
/** The same person goes on. @param secret passphrase of that person's key; null where there is none */
export async function goOnReading(secret: string | null): Promise<Refusal> {
  const refusal = secret === null ? null : await opensOwnKey(workspace().person?.name ?? '', secret)
  if (refusal === null) unlock()
  return refusal
}

/** Somebody says who works here, or takes the place of who did; from then on every act is in this name. */
export async function sitDown(person: Person, secret: string | null): Promise<Refusal> {
  const name = person.name.trim()
  if (slugOf(name) === 'unnamed') return 'Write your full name.'
  const refusal = secret === null ? null : await opensOwnKey(name, secret)
  if (refusal !== null) return refusal
  const before = actorSlug()
  setWorkspace({ person: { name, role: person.role.trim() } })
  await keepSettings()
  unlock()
  if (before !== 'unnamed' && before !== actorSlug()) await noteSwitch()
  return null
}

/** The ledger says that somebody else works here from now on; where roles are in force, only who has one is written down. */
async function noteSwitch(): Promise<void> {
  const { project } = workspace()
  if (!project || project.readOnly !== null || whyNotAllowed(project.ledger, hand(), switched) !== null) return
  const entry = (by: string) => ({ action: switched, object: `readers/${by}`, digest: null })
  const refusal = await act((now, by) => ({ ok: true, project: record(now, [entry(by.actor)], by) }))
  if (refusal !== null) setWorkspace({ problem: refusal })
}

const switched = 'reader-switched'

/** Whether this person has a key that only a passphrase opens; null while it is looked up. */
export function useHasKey(name: string): boolean | null {
  const [known, setKnown] = useState<{ readonly name: string; readonly has: boolean } | null>(null)
  useEffect(() => {
    let shown = true
    hasSigningKey(name).then(
      (has) => shown && setKnown({ name, has }),
      () => shown && setKnown({ name, has: false }),
    )
    return () => {
      shown = false
    }
  }, [name])
  return known?.name === name ? known.has : null
}
