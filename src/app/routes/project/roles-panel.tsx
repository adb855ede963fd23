/** Roles: who may do what, granted and signed by an administrator; and what was held back from other copies. */
import { useState } from 'react'
import { digestOf } from '../../../core/canonical.ts'
import { type Role, roles } from '../../../core/project/duties/roles.ts'
import { unnamed } from '../../../core/project/ledger/actor-slug.ts'
import { Button } from '../../components/button.tsx'
import { formatMoment } from '../../components/format.ts'
import { Note } from '../../components/panel.tsx'
import { useNamed, WhoWorks } from '../../frame/who-works.tsx'
import { giveRole } from '../../people/roles.ts'
import { useWorkspace } from '../../session/state.ts'
import { DutiesPanel } from './duties-panel.tsx'
import { HeldPanel } from './held-panel.tsx'
import styles from './project.module.css'

export function RolesPanel() {
  const project = useWorkspace((w) => w.project)
  const [role, setRole] = useState<Role>('reviewer')
  const [chosen, setChosen] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const named = useNamed()
  if (!project) return null
  const granted = project.ledger.filter(({ action }) => action === 'role-granted')
  const key = project.keys.find(({ id }) => id === chosen) ?? project.keys[0]
  const grant = async (): Promise<void> => {
    if (!key)
      return setProblem(
        'No key is enrolled yet. A person adds one on the page Team, enrols one with the first signature, or brings one in a copy that is merged here.',
      )
    setProblem(await giveRole({ actor: key.actor, device: key.device, role, key: digestOf(key.publicKey) }, role))
  }
  return (
    <section>
      <h2>Roles</h2>
      {granted.length === 0 ? (
        <>
          <p className="muted">
            No role is granted: everybody may do everything, and verification says so. Who created the project can take on its
            administration; from then on each act needs a role, and an administrator reads, decides and signs nothing.
          </p>
          {project.ledger.find(({ action }) => action === 'project-created')?.actor === unnamed && (
            <p className="muted">
              This project was created before anybody gave a name. Whoever works in this browser can take on its administration
              under their own name, as long as it was made here; the ledger keeps both.
            </p>
          )}
          {named ? (
            <Button onPress={() => void giveRole(null, 'admin').then(setProblem)}>Take on administration</Button>
          ) : (
            <WhoWorks
              question="Who takes on the administration?"
              button="Take on administration"
              className={`row-end ${styles.who}`}
              onNamed={() => void giveRole(null, 'admin').then(setProblem)}
            />
          )}
        </>
      ) : (
        <>
          <ul>
            {granted.map((entry) => (
              <li key={entry.hash}>
                <code>{entry.object.replace(/^roles\//, '')}</code>, granted by {entry.actor}, {formatMoment(entry.time.wall)}
              </li>
            ))}
          </ul>
          <p>
            <label>
              Person{' '}
              <select value={key?.id ?? ''} onChange={(event) => setChosen(event.target.value)}>
                {project.keys.map(({ id, name, device }) => (
                  <option key={id} value={id}>
                    {name} on {device}
                  </option>
                ))}
              </select>
            </label>{' '}
            <label>
              Role{' '}
              <select value={role} onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? 'viewer')}>
                {roles.map((each) => (
                  <option key={each} value={each}>
                    {each === 'safety-officer' ? 'clinical safety officer' : each}
                  </option>
                ))}
              </select>
            </label>{' '}
            <Button onPress={() => void grant()}>Grant this role</Button>
          </p>
        </>
      )}
      <HeldPanel project={project} />
      <DutiesPanel project={project} />
      {problem !== null && <Note mark="error">{problem}</Note>}
    </section>
  )
}
