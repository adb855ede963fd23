/** Project → Team: who is here, members and invites, the server's projects, sessions and devices, and what the server can read. */
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { errorWords } from '../../core/values/error-words.ts'
import { Button } from '../components/button.tsx'
import { EmptyState, Note, PageHead } from '../components/panel.tsx'
import { useWorkspace } from '../session/state.ts'
import { AccountPanel } from './account-panel.tsx'
import { ActivityPanel } from './activity-panel.tsx'
import { DecidePanel } from './decide-panel.tsx'
import { MembersPanel } from './members-panel.tsx'
import { PrivatePanel } from './private/private-panel.tsx'
import { finishMove, leaveWithEverything, listProjects, moveHere, openFromServer, type TeamProject } from './projects.ts'
import { ServerReads } from './server-reads.tsx'
import styles from './team.module.css'
import { nameOfActor, readAccount, startTeam } from './team.ts'
import { TeamMark } from './team-mark.tsx'
import { useTeam } from './team-state.ts'
import { accept, WaysIn } from './ways-in.tsx'

/** @param link of an invite, where somebody came with one */
export function TeamPage({ link }: { readonly link: string | null }) {
  const onTeamServer = useWorkspace((w) => w.onTeamServer)
  const ready = useWorkspace((w) => w.policy !== null)
  const { account } = useTeam()
  useEffect(() => {
    if (onTeamServer) void startTeam().then(readAccount)
  }, [onTeamServer])
  if (!ready || (onTeamServer && account === null)) return <p className="muted">Asking the server…</p>
  if (!onTeamServer || account === null)
    return (
      <>
        <PageHead title="Team" />
        <EmptyState title="This page does not come from a team's server">
          <p className="muted">
            Several people work on one project where the clinic runs `carryover team`. Open the address that it prints.
          </p>
        </EmptyState>
      </>
    )
  if (!account.you)
    return (
      <>
        <PageHead title={link === null ? 'Sign in' : 'Join your team'} />
        <div className={styles.columns}>
          <WaysIn account={account} link={link} />
          <ServerReads />
        </div>
      </>
    )
  return link === null ? <SignedIn name={account.you.name} /> : <Accepting link={link} />
}

function Accepting({ link }: { readonly link: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <>
      <PageHead title="Join your team" />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Button look="primary" onPress={() => void accept(link).then(setProblem, (error) => setProblem(errorWords(error)))}>
        Take up the invite
      </Button>
    </>
  )
}

function SignedIn({ name }: { readonly name: string }) {
  const { here, project, waiting, refused, isMoving } = useTeam()
  const open = useWorkspace((w) => w.project)
  const [search] = useSearchParams()
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [mayAdminister, setMayAdminister] = useState(false)
  const run = (what: string, work: () => Promise<string | null>) => async (): Promise<void> => {
    setBusy(what)
    setProblem(null)
    try {
      setProblem(await work())
    } catch (error) {
      setProblem(errorWords(error))
    }
    setBusy(null)
  }
  const isThere = open !== null && project === open.manifest.id
  return (
    <>
      <PageHead title="Team">
        {open && !isThere && (
          <Button look="primary" isDisabled={busy !== null} onPress={run('move', moveHere)}>
            {busy === 'move' ? 'Moving…' : 'Move this project to the server'}
          </Button>
        )}
        {isThere && isMoving && (
          <Button look="primary" isDisabled={busy !== null} onPress={run('move', () => finishMove(open.manifest.id))}>
            {busy === 'move' ? 'Moving…' : 'Go on with the move'}
          </Button>
        )}
        {isThere && (
          <Button isDisabled={busy !== null} onPress={run('leave', leaveWithEverything)}>
            {busy === 'leave' ? 'Leaving…' : 'Leave with everything'}
          </Button>
        )}
      </PageHead>
      {(problem ?? refused) !== null && <Note mark="error">{problem ?? refused}</Note>}
      <div className={styles.columns}>
        <div className="stack-wide">
          {isThere && <DecidePanel />}
          {waiting.length > 0 && search.get('show') === 'waiting' && <Waiting changes={waiting} />}
          {isThere && (
            <section>
              <h2>Here now</h2>
              <ul className={styles.list}>
                <li>{name} (you)</li>
                {here.map((each) => (
                  <li key={each.connection}>
                    <TeamMark name={each.name} colour={each.colour} />
                    {each.name}
                    {each.presence?.map ? <span className="muted">on the map {each.presence.map}</span> : null}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {isThere && <MembersPanel project={open.manifest.id} onRights={setMayAdminister} />}
          {isThere && <PrivatePanel nameOf={nameOfActor} />}
          {isThere && <ActivityPanel project={open.manifest.id} mayAdminister={mayAdminister} />}
          <Projects open={open?.manifest.id ?? null} onProblem={setProblem} />
          <AccountPanel />
        </div>
        <ServerReads />
      </div>
    </>
  )
}

const mostShown = 200

function Waiting({ changes }: { readonly changes: readonly string[] }) {
  return (
    <section>
      <h2>What waits here</h2>
      <ul>
        {changes.slice(0, mostShown).map((words, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several changes have the same words
          <li key={at}>{words}</li>
        ))}
      </ul>
      {changes.length > mostShown && <p className="muted">…and {changes.length - mostShown} more.</p>}
    </section>
  )
}

function Projects({ open, onProblem }: { readonly open: string | null; readonly onProblem: (why: string) => void }) {
  const [projects, setProjects] = useState<readonly TeamProject[] | null>(null)
  const here = useTeam((team) => team.project)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a project was moved there
  useEffect(() => {
    listProjects().then(setProjects, (error: unknown) => onProblem(errorWords(error)))
  }, [here])
  return (
    <section>
      <h2>Projects on this server</h2>
      {projects?.length === 0 && (
        <p className="muted">None yet. Open a project in this browser and move it here, or ask a colleague for an invite.</p>
      )}
      <ul className={styles.list}>
        {projects?.map(({ id, name }) => (
          <li key={id}>
            {name}
            <span className="grow" />
            {id === open ? (
              <span className="muted">open</span>
            ) : (
              <Button onPress={() => void openFromServer(id).catch((error: unknown) => onProblem(errorWords(error)))}>
                Open {name}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
