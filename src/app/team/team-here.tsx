/** Who has the project open right now, as circles with initials and names, and the way to share what is shown. */
import { Button } from '../components/button.tsx'
import { followPerson, useHere } from '../session/here.ts'
import { setWorkspace } from '../session/state.ts'
import styles from './team.module.css'
import { TeamMark } from './team-mark.tsx'
import { useTeam } from './team-state.ts'

export function TeamHere() {
  const { here, project, account } = useTeam()
  const follows = useHere((w) => w.follows)
  if (project === null || !account?.you) return null
  // Somebody with two tabs is one person.
  const people = [...new Map(here.map((each) => [each.person, each])).values()].filter(({ person }) => person !== account.you?.id)
  return (
    <>
      <ul className={`line ${styles.here}`} aria-label="Here now">
        {people.map(({ person, connection, name, colour }) => {
          const isFollowed = follows === String(connection)
          return (
            <li key={person}>
              <button
                type="button"
                className={styles.follow}
                aria-pressed={isFollowed}
                aria-label={`Follow ${name}`}
                title={isFollowed ? `You follow ${name}: press to go your own way` : `Follow ${name} on the maps`}
                onClick={() => followPerson(isFollowed ? null : String(connection))}
              >
                <TeamMark name={name} colour={colour} />
              </button>
            </li>
          )
        })}
      </ul>
      <Button onPress={() => void share()}>Share</Button>
    </>
  )
}

/** The address shows the same view to a colleague with a right to it, and says to others that they have none. */
async function share(): Promise<void> {
  const { project } = useTeam.getState()
  const view = location.hash.replace(/^#?\/?/, '')
  const address = `${location.origin}/#/team/open/${encodeURIComponent(project ?? '')}?view=${encodeURIComponent(view)}`
  try {
    await navigator.clipboard.writeText(address)
    setWorkspace({ done: 'The link to this view is copied. It opens for members of this project alone.' })
  } catch {
    setWorkspace({ done: `Give this link to a member of the project: ${address}` })
  }
}
