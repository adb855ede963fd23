/** Own sessions and devices on the server, each with its end one press away. */
import { useCallback, useEffect, useState } from 'react'
import type { Json } from '../../core/canonical.ts'
import { isMembers, type Members } from '../../core/values/json.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { Note } from '../components/panel.tsx'
import { hand } from '../session/ledger.ts'
import { AccessLog } from './access-log.tsx'
import { ask } from './ask-server.ts'
import styles from './team.module.css'
import { readAccount } from './team.ts'
import { useTeam } from './team-state.ts'

export function AccountPanel() {
  const [me, setMe] = useState<Members>({})
  const [people, setPeople] = useState<readonly (readonly [string, string])[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const mayAdminister = useTeam((team) => team.account?.you?.isAdministrator === true)
  const read = useCallback(async (): Promise<void> => {
    const answer = await ask('GET', '/account/me')
    if (answer.ok) setMe(answer.value)
    else setProblem(answer.why)
    const all = mayAdminister ? await ask('GET', '/account/people') : null
    if (all?.ok) setPeople(listOf(all.value.people).map((each) => [String(each.id), String(each.name)]))
  }, [mayAdminister])
  useEffect(() => {
    void read()
  }, [read])
  const end = (path: string) => async (): Promise<void> => {
    const answer = await ask('DELETE', path)
    setProblem(answer.ok ? null : answer.why)
    await read()
  }
  const signOut = async (): Promise<void> => {
    const answer = await ask('POST', '/account/sign-out')
    setProblem(answer.ok ? null : answer.why)
    await readAccount()
  }
  const { device } = hand()
  return (
    <section className="stack">
      <h2>Your sessions and devices</h2>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <ul className={styles.list} aria-label="Sessions">
        {listOf(me.sessions).map((each) => (
          <li key={String(each.id)}>
            {programOf(String(each.agent))}
            <span className="muted">seen {formatMoment(new Date(Number(each.seenAt)).toISOString())}</span>
            <span className="grow" />
            {each.isThis === true ? (
              <Button look="quiet" onPress={() => void signOut()}>
                Sign out
              </Button>
            ) : (
              <Button look="quiet" onPress={() => void end(`/account/sessions/${String(each.id)}`)()}>
                End this session
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ul className={styles.list} aria-label="Devices">
        {listOf(me.devices).map((each) => (
          <li key={String(each.id)}>
            {String(each.name) || 'A browser'} <code>{String(each.id)}</code>
            {each.id === device && <span className="muted">this browser</span>}
            {typeof each.revokedAt === 'number' && <span className="muted">revoked</span>}
            <span className="grow" />
            {each.id !== device && typeof each.revokedAt !== 'number' && (
              <Button look="quiet" onPress={() => void end(`/account/devices/${encodeURIComponent(String(each.id))}`)()}>
                Revoke {String(each.id)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAdminister && (
        <AccessLog
          title="Who signed in"
          about="Who signed in to this server or failed to, which sessions, devices and passkeys ended, and who left."
          path="/account/access-log"
          people={people}
        />
      )}
    </section>
  )
}

function listOf(value: Json | undefined): readonly Members[] {
  return Array.isArray(value) ? value.filter((each) => isMembers(each)) : []
}

function programOf(agent: string): string {
  const [found] = /(?:Edg|Firefox|Chrome|Safari)\/\d+/.exec(agent) ?? []
  return found?.replace('/', ' ').replace('Edg', 'Edge') ?? 'A browser'
}
