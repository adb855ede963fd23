/** A server with a project of four people whose devices have keys that are sealed for, and an owner who can share. */
import type { KeyRing } from '../../../../src/app/team/private/key-ring.ts'
import { canonicalJson, utf8 } from '../../../../src/core/canonical.ts'
import type { SignedHead } from '../../../../src/core/project/format/project.ts'
import { ledgerLine } from '../../../../src/core/project/ledger/entry-hash.ts'
import { kindNames } from '../../../../src/core/project/sharing/shared-kinds.ts'
import type { Recipient } from '../../../../src/core/project/sharing/sharing.ts'
import { sharePrivate } from '../../../../src/core/project/sharing/sharing-acts.ts'
import { headsIn } from '../../../../src/core/project/signing/signed-heads.ts'
import { recoveryDeviceOf } from '../../../../src/core/team/sealed/key-wrap.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { makeRecovery } from '../../../../src/io/keys/team-key.ts'
import type { TeamServing } from '../../../../src/team/server/team-server.ts'
import type { Database } from '../../../../src/team/store/database.ts'
import { deviceSigner } from '../../../core/project/device-keys.ts'
import { admin, handOf, type SharedTeam, sharedTeam, signerOf } from '../../../core/project/sharing/team-of-three.ts'
import { addMember, ask, claimDevice, makeProject, personWithSession, TestClient } from '../../../team/client.ts'
import { Member } from './member.ts'

export interface Scene {
  readonly team: SharedTeam
  readonly project: string
  readonly ids: ReadonlyMap<string, string>
  readonly adminHeaders: Record<string, string>
  readonly headersOf: (name: string) => Record<string, string>
  /** Their browser opens. */
  readonly sit: (name: string) => Member
  readonly end: () => void
}

const people = [
  ['olga', 'owner'],
  ['ana', 'analyst'],
  ['ben', 'analyst'],
  ['cyd', 'analyst'],
] as const

/** People have one session on a server, whatever they work on. */
const sessions = new WeakMap<TeamServing, Map<string, Awaited<ReturnType<typeof personWithSession>>>>()

/** @param project another one for each scene on a server */
export async function newScene(serving: TeamServing, database: Database, project?: string): Promise<Scene> {
  const team = await sharedTeam(people, project)
  const known = sessions.get(serving) ?? new Map()
  sessions.set(serving, known)
  const { id } = team.project.manifest
  const ids = new Map<string, string>()
  const headers = new Map<string, Record<string, string>>()
  for (const name of [admin.actor, ...people.map(([each]) => each)]) {
    const person = known.get(name) ?? (await personWithSession(serving, database, name))
    known.set(name, person)
    ids.set(name, person.id)
    headers.set(name, person.headers)
  }
  const of = (name: string) => headers.get(name) ?? {}
  await makeProject(serving, id, of(admin.actor))
  const client = await TestClient.open(serving, id, of(admin.actor))
  const moved = await client.append('ledger', utf8(team.project.ledger.map(ledgerLine).join('')))
  if (moved.kind === 'refused') throw new Error(moved.why)
  client.close()
  for (const [name] of people) await addMember(serving, id, ids.get(name) ?? '', 'analyst')
  for (const name of [admin.actor, ...people.map(([each]) => each)]) {
    const device = name === admin.actor ? admin.device : handOf(name).device
    const person = { id: ids.get(name) ?? '', headers: of(name) }
    const claimed = await claimDevice(serving, id, person, device, await deviceSigner(device))
    if (!claimed.ok) throw new Error(await claimed.text())
  }
  await ask(serving, 'POST', `/team/${id}/moved`, of(admin.actor))
  const heads = new Map<string, SignedHead>(headsIn(team.project))
  const members: Member[] = []
  const sit = (name: string): Member => {
    const { device } = handOf(name)
    const pair = team.pairs.get(device)
    if (!pair) throw new Error(name)
    const own = { ...team.project, private: new Map() }
    const member = new Member(serving, own, { name, device, headers: of(name), pair }, heads)
    members.push(member)
    return member
  }
  return {
    team,
    project: id,
    ids,
    adminHeaders: of(admin.actor),
    headersOf: of,
    sit,
    end: () => {
      for (const member of members) member.close()
    },
  }
}

/** What the owner's page does when it shares: keys first, then the signed entry. Gives the printed key where one was made. */
export async function share(
  { team, project }: Scene,
  owner: Member,
  names: readonly string[],
  {
    newKey = false,
    newRecovery = false,
    since,
  }: { readonly newKey?: boolean; readonly newRecovery?: boolean; readonly since?: number } = {},
): Promise<string | null> {
  const { judged, sharing } = owner.session.state
  const before = sharing?.page
  const made = before && !newRecovery ? null : await makeRecovery(project)
  const recovery = made?.recovery ?? before?.recovery
  if (!judged || !recovery) throw new Error('The owner has not looked at the ledger yet.')
  const epoch = (before?.epoch ?? 0) + (before && !newKey ? 0 : 1)
  const known = new Map(before?.recipients.map((each) => [each.actor, each]))
  const recipients: Recipient[] = judged.possible
    .filter(({ actor }) => names.includes(actor))
    .map((each) => known.get(each.actor) ?? { ...each, since: since ?? 1 })
  let key = before?.key ?? ''
  if (!before || newKey) {
    const sealedFor = new Map([[recoveryDeviceOf(recovery.key), recovery.key]])
    for (const { device } of recipients) sealedFor.set(device, judged.keys.get(device)?.key ?? null)
    const ring: KeyRing = owner.session.ring
    const next = await ring.begin(epoch, sealedFor)
    await owner.keep(next.wraps)
    key = next.key
  }
  const why = await owner.act((now, by) =>
    sharePrivate(now, { epoch, key, kinds: [...kindNames], recipients, recovery }, signerOf(team, 'olga'), webVerifier, by),
  )
  if (why !== null) throw new Error(why)
  owner.session.lookAnew()
  return made?.printed ?? null
}

/** A line as a comment has it. */
export function said(id: string, by: string, text: string): string {
  const about = { kind: 'finding', id: 'f1' }
  return `${canonicalJson({ kind: 'said', id, thread: id, by, at: '2026-03-02T09:00:00Z', about, text, mentions: [] })}\n`
}
