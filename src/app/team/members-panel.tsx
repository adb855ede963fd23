/** Members of the open project with what they may do, and invites for those who are to come. */
import { useCallback, useEffect, useState } from 'react'
import { digestOf } from '../../core/canonical.ts'
import { type Role, roles } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import { inviteDays } from '../../core/team/link-life.ts'
import { isMembers } from '../../core/values/json.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { Note } from '../components/panel.tsx'
import { Select } from '../components/select.tsx'
import { addOwnKey, giveRole } from '../people/roles.ts'
import { hand } from '../session/ledger.ts'
import { useWorkspace } from '../session/state.ts'
import { ask } from './ask-server.ts'
import styles from './team.module.css'
import { useTeam } from './team-state.ts'

interface Member {
  readonly person: string
  readonly name: string
  /** How the ledger names them. */
  readonly actor: string
  /** What they were invited as. */
  readonly roles: readonly string[]
}

interface Invite {
  readonly id: string
  readonly role: string
  readonly endsAt: number
}

export function MembersPanel({ project, onRights }: { readonly project: string; readonly onRights: (may: boolean) => void }) {
  const [members, setMembers] = useState<readonly Member[]>([])
  const [invites, setInvites] = useState<readonly Invite[]>([])
  const [mayAdminister, setMayAdminister] = useState(false)
  const [role, setRole] = useState<Role>('analyst')
  const [link, setLink] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const you = useTeam((team) => team.account?.you?.id)
  const here = useTeam((team) => team.here.length)
  const open = useWorkspace((w) => w.project)
  const at = `/team/${encodeURIComponent(project)}`
  const read = useCallback(async (): Promise<void> => {
    const answer = await ask('GET', `${at}/about`)
    if (!answer.ok) return setProblem(answer.why)
    const may = answer.value.mayAdminister === true
    setMembers(membersOf(answer.value.members))
    setMayAdminister(may)
    onRights(may)
    if (!may) return
    const list = await ask('GET', `${at}/invites`)
    if (list.ok) setInvites(invitesOf(list.value.invites))
  }, [at, onRights])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever joins is seen as soon as they are here
  useEffect(() => {
    void read()
  }, [read, here])
  const run = async (method: 'POST' | 'DELETE', path: string, body?: object) => {
    const answer = await ask(method, `${at}/${path}`, body)
    setProblem(answer.ok ? null : answer.why)
    await read()
    return answer
  }
  const invite = async (): Promise<void> => {
    const answer = await run('POST', 'invites', { role })
    if (answer.ok) setLink(String(answer.value.link))
  }
  const isForced = open?.ledger.some(({ action }) => action === 'role-granted') ?? false
  const lacksKey = open?.readOnly === null && isForced && !open.keys.some(isHere)
  return (
    <section className="stack">
      <h2>Members</h2>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <p className="caption muted">
        {isForced
          ? 'Roles are in force: each act needs a role that an administrator granted and signed. An invite alone lets somebody look. Whoever needs a role adds a key first.'
          : 'Nobody granted a role yet: every member may do everything but those who were invited to look.'}{' '}
        <a href="#/settings">{isForced ? 'All grants' : 'Take on administration'}</a>
      </p>
      <ul className={styles.list} aria-label="Members">
        {members.map((member) => (
          <li key={member.person}>
            <b>{member.name}</b>
            <span className="muted">
              {rightsWords(member, open, isForced)}
              {member.person === you && ', you'}
            </span>
            <span className="grow" />
            {lacksKey && member.person === you && (
              <Button onPress={() => void addOwnKey().then(setProblem)}>Add your key…</Button>
            )}
            {open && isForced && mayAdminister && <Grant member={member} project={open} onProblem={setProblem} />}
            {mayAdminister && member.person !== you && (
              <Button look="quiet" onPress={() => void run('DELETE', `members/${encodeURIComponent(member.person)}`)}>
                Remove {member.name}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAdminister && (
        <div className="row-end">
          <Select label="Invite as" value={role} choices={choices} onChange={setRole} />
          <Button onPress={() => void invite()}>Make a link</Button>
        </div>
      )}
      {link !== null && (
        <Note mark="info">
          <p>Give this link to one person. It works once, within {inviteDays} days, and is not shown again:</p>
          <p>
            <code className={styles.link}>{link}</code>
          </p>
          <Button
            onPress={() => {
              navigator.clipboard
                .writeText(link)
                .catch(() => setProblem('The browser did not copy the link. Mark it and copy it.'))
            }}
          >
            Copy the link
          </Button>
        </Note>
      )}
      {mayAdminister && invites.length > 0 && (
        <ul className={styles.list} aria-label="Invites that nobody took up">
          {invites.map(({ id, role: as, endsAt }) => (
            <li key={id}>
              Invite as {as}
              <span className="muted">until {formatMoment(new Date(endsAt).toISOString())}</span>
              <span className="grow" />
              <Button
                look="quiet"
                aria-label={`Withdraw the invite as ${as}`}
                onPress={() => void run('DELETE', `invites/${id}`)}
              >
                Withdraw
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A role for one device of a member, granted with the key of who administers: a signed entry of the ledger. */
function Grant({
  member,
  project,
  onProblem,
}: {
  readonly member: Member
  readonly project: Project
  readonly onProblem: (why: string | null) => void
}) {
  const [role, setRole] = useState<Role>('reviewer')
  const key = project.keys.findLast(({ actor }) => actor === member.actor)
  if (!key) return <span className="muted caption">has no key here yet: they add one on this page</span>
  const grant = async (): Promise<void> => {
    const { actor, device, publicKey } = key
    onProblem(await giveRole({ actor, device, role, key: digestOf(publicKey) }, role))
  }
  return (
    <span className="row-end">
      <Select label={`Role for ${member.name}`} value={role} choices={choices} onChange={setRole} />
      <Button onPress={() => void grant()}>Grant…</Button>
    </span>
  )
}

const choices: readonly (readonly [Role, string])[] = roles.map((each) => [
  each,
  each === 'safety-officer' ? 'clinical safety officer' : each,
])

/** Whether this is who works here, on this device. */
function isHere({ actor, device }: { readonly actor: string; readonly device: string }): boolean {
  const here = hand()
  return actor === here.actor && device === here.device
}

/** What the ledger grants, where it grants anything; else what the invite says. */
function rightsWords({ actor, roles: invited }: Member, project: Project | null, isForced: boolean): string {
  if (!isForced) return `invited as ${invited.join(', ')}`
  const granted = (project?.ledger ?? []).flatMap(({ action, object }) =>
    action === 'role-granted' && object.startsWith(`roles/${actor}-`) ? [object.slice(object.lastIndexOf('/') + 1)] : [],
  )
  return granted.length === 0 ? 'may look: no role was granted' : [...new Set(granted)].join(', ')
}

function membersOf(list: unknown): readonly Member[] {
  const members = new Map<string, Member>()
  for (const each of Array.isArray(list) ? list : []) {
    if (!isMembers(each)) continue
    const person = String(each.person)
    const held = members.get(person)?.roles ?? []
    const name = String(each.name)
    members.set(person, { person, name, actor: String(each.actor), roles: [...new Set([...held, String(each.role)])] })
  }
  return [...members.values()]
}

function invitesOf(list: unknown): readonly Invite[] {
  return (Array.isArray(list) ? list : []).flatMap((each) =>
    isMembers(each) && each.isUsed !== true
      ? [{ id: String(each.id), role: String(each.role), endsAt: Number(each.endsAt) }]
      : [],
  )
}
