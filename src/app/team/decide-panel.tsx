/** What two people decided: places that both changed, to be decided here, what was decided twice, and work that has no effect. */
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Note } from '../components/panel.tsx'
import styles from './team.module.css'
import { decideClash, memberName } from './team.ts'
import { setTeam, useTeam } from './team-state.ts'

export function DecidePanel() {
  const { clashes, twice, held } = useTeam()
  const [busy, setBusy] = useState(false)
  const decide = (path: string, place: string, whose: 'here' | 'theirs') => async (): Promise<void> => {
    setBusy(true)
    await decideClash(path, place, whose)
    setBusy(false)
  }
  if (clashes.length + twice.length + held.length === 0) return null
  return (
    <section className="stack" id="decide">
      <h2>Decided by two people</h2>
      {clashes.map(({ path, person, places }) => {
        const name = memberName(person)
        return (
          <article key={path} className="stack" aria-label={`${path} differs`}>
            <p>
              {name} and you changed the same in <code>{path}</code>. The server has what {name} wrote; here is what you wrote.
              Nothing of it is sent before you decide.
            </p>
            <ul className={styles.list}>
              {places.map(({ place, here, theirs }) => (
                <li key={place}>
                  <dl className={styles.clash}>
                    <dt>{place === '' ? 'The whole document' : place}</dt>
                    <dd>
                      <b>You:</b> {here ?? 'removed it'}
                    </dd>
                    <dd>
                      <b>{name}:</b> {theirs ?? 'removed it'}
                    </dd>
                  </dl>
                  <span className="grow" />
                  <Button isDisabled={busy} aria-label={`Keep mine: ${place || path}`} onPress={decide(path, place, 'here')}>
                    Keep mine
                  </Button>
                  <Button isDisabled={busy} aria-label={`Take theirs: ${place || path}`} onPress={decide(path, place, 'theirs')}>
                    Take theirs
                  </Button>
                </li>
              ))}
            </ul>
          </article>
        )
      })}
      {twice.length > 0 && (
        <>
          <ul className={styles.list} aria-label="Decided twice">
            {twice.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <div className="row-start">
            <Button look="quiet" onPress={() => setTeam({ twice: [] })}>
              I have seen it
            </Button>
          </div>
        </>
      )}
      {held.length > 0 && (
        <Note mark="warning">
          {held.map((why) => (
            <p key={why}>{why}</p>
          ))}
          <p>
            It has no effect here. <a href="#/settings">Settings, Roles</a> shows what was held back and who may accept it.
          </p>
        </Note>
      )}
    </section>
  )
}
