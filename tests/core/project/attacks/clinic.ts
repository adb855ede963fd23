/**
 * A migration from its first entry to the owner's approval, made by the product's own acts: roles in force, every device with its key, each
 * saving after what it did. What the attacks change.
 */
import { digestOf } from '../../../../src/core/canonical.ts'
import { type Hand, record } from '../../../../src/core/project/acts/hand.ts'
import { grantRole } from '../../../../src/core/project/duties/grant-role.ts'
import type { Role } from '../../../../src/core/project/duties/roles.ts'
import type { HazardWords } from '../../../../src/core/project/format/hazard-acts.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import type { BoardStatement, Project, ProjectFiles } from '../../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../../src/core/project/format/save.ts'
import { acceptHazard, addHazard, changeHazard, closeHazard } from '../../../../src/core/project/hazards/hazard-acts.ts'
import { hazardsOf } from '../../../../src/core/project/hazards/log/hazard-log.ts'
import { signHazards } from '../../../../src/core/project/hazards/safety-page.ts'
import type { LedgerEntry } from '../../../../src/core/project/ledger/ledger.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, seedTraps, sign } from '../../../../src/core/project/review/review-steps.ts'
import { acceptFinding } from '../../../../src/core/project/runs/accept-finding.ts'
import type { Signer } from '../../../../src/core/project/signing/signature.ts'
import type { Meaning } from '../../../../src/core/project/signing/signature-page.ts'
import { keyDevice, signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import { withInput } from '../../../../src/core/readiness/kept-files/keep-input.ts'
import type { Trap } from '../../../../src/core/review/model/trap.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { exampleProject, exampleRun } from '../example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, judged, ok, words } from '../review-walk.ts'
import { salts } from '../salts.ts'

export type Person = 'admin' | 'data' | 'owner' | 'safety' | 'haas' | 'ito'

export const people: Readonly<
  Record<Person, { readonly actor: string; readonly device: string; readonly name: string; readonly role: Role }>
> = {
  admin: { actor: 'a-keller', device: 'd1', name: 'Anna Keller', role: 'admin' },
  data: { actor: 'p-data', device: 'd-data', name: 'Pat Data', role: 'data' },
  owner: { actor: 'p-owner', device: 'd-owner', name: 'Dr. Paula Owner', role: 'owner' },
  safety: { actor: 's-lind', device: 'd-safety', name: 'Dr. Sven Lind', role: 'safety-officer' },
  haas: { actor: 'r-haas', device: 'd-haas', name: 'Dr. Rita Haas', role: 'reviewer' },
  ito: { actor: 'm-ito', device: 'd-ito', name: 'Dr. Mika Ito', role: 'reviewer' },
}

/** Seconds pass from act to act, as they do. */
export const handOf = (who: Person, minute: number): Hand => ({
  device: people[who].device,
  actor: people[who].actor,
  wall: `2026-03-02T09:${String(minute).padStart(2, '0')}:00+01:00`,
})

export interface Clinic {
  readonly project: Project
  readonly files: ProjectFiles
  /** The same project as it lay there before anybody read, and before the owner approved. */
  readonly before: { readonly reading: ProjectFiles; readonly approval: ProjectFiles }
  readonly keys: Readonly<Record<Person, { readonly person: Signer; readonly device: Signer }>>
}

export const openHazard = 'A dose has no unit'

export const acceptedFinding = 'a'.repeat(64)

const traps: readonly Trap[] = Array.from({ length: 10 }, (_, i) => ({
  id: `trap-${i}`,
  kind: 'entry-lost',
  domain: 'allergies',
  items: [`allergies:${i}`],
}))

const statement: BoardStatement = {
  id: 's1',
  criterion: 'readiness/training',
  text: 'All trained',
  by: people.owner.actor,
  role: 'owner',
  reason: 'Seen on the list',
  at: '2026-03-02',
  expires: null,
}

/** One clinic; with the same keys and another id it is another project of the same people. */
export async function clinic(id: string, given?: Clinic['keys']): Promise<Clinic> {
  const keys = given ?? (await newKeys())
  const save = async (project: Project, who: Person): Promise<Project> =>
    await signHead(project, people[who].device, keys[who].device)
  let project = begun(id)
  for (const who of names) project = await save(await keyDevice(project, keys[who].device, handOf(who, 1)), who)
  for (const who of names) {
    const { actor, device, role } = people[who]
    const wish = { actor, device, role, key: digestOf(keys[who].person.publicKey) }
    project = ok(await grantRole(project, wish, keys.admin.person, webVerifier, handOf('admin', 2)))
  }
  project = await save(project, 'admin')
  for (const who of ['owner', 'safety', 'haas', 'ito'] as const) {
    const { actor, device, name, role } = people[who]
    const hand = handOf(who, 3)
    const key = { id: `${actor}-${device}`, actor, name, role, device, created: hand.wall, publicKey: keys[who].person.publicKey }
    project = await save(enrolKey(project, key, hand), who)
  }
  project = await save(checked(project), 'data')
  project = await save(decided(project), 'owner')
  project = await save(drawn(project), 'data')
  project = await save(await safe(project, keys), 'safety')
  const reading = saveProject(project)
  project = await save(
    read(project, 'haas', (n) => n % 2 === 0),
    'haas',
  )
  project = await save(
    read(project, 'ito', (n) => n % 2 === 1),
    'ito',
  )
  for (const who of ['haas', 'ito'] as const) project = await save(await signed(project, who, 'review', keys, 30), who)
  const approval = saveProject(project)
  project = await save(await signed(project, 'owner', 'approval', keys, 40), 'owner')
  return { project, files: saveProject(project), before: { reading, approval }, keys }
}

const names = ['admin', 'data', 'owner', 'safety', 'haas', 'ito'] as const

async function newKeys(): Promise<Clinic['keys']> {
  const made = async () => ({ person: await exampleSigner(), device: await exampleSigner() })
  return {
    admin: await made(),
    data: await made(),
    owner: await made(),
    safety: await made(),
    haas: await made(),
    ito: await made(),
  }
}

function begun(id: string): Project {
  const { schemas, mapping, sources, workflows, manifest } = exampleProject()
  const empty = newProject({ ...manifest, id })
  const act = { action: 'project-created', object: 'carryover.json', digest: digestOf(id) }
  return record({ ...empty, schemas, mapping, sources, workflows }, [act], handOf('admin', 0))
}

function checked(project: Project): Project {
  const acts = [
    { action: 'mapping-confirmed', object: 'mapping', digest: exampleRun.mapping },
    { action: 'run-finished', object: `runs/${exampleRun.id}/summary.json`, digest: digestOf(jsonOf(exampleRun)) },
  ]
  return record({ ...project, runs: [exampleRun] }, acts, handOf('data', 5))
}

function decided(project: Project): Project {
  const hand = handOf('owner', 8)
  const thresholds = { 'readiness/open-errors': { most: 0 } }
  const board = { ...project.board, thresholds, statements: [statement] }
  const acts = [
    { action: 'threshold-set', object: 'readiness/open-errors', digest: digestOf({ most: 0 }) },
    { action: 'statement', object: statement.criterion, digest: digestOf({ ...statement }) },
  ]
  const said = record({ ...project, board }, acts, hand)
  const accepted = acceptFinding(
    said,
    {
      fingerprint: acceptedFinding,
      reason: 'A known quirk of the old system',
      by: people.owner.actor,
      expires: '2026-09-01',
      code: 'data/value-list',
      place: 'sex',
      at: hand.wall,
    },
    hand,
  )
  if (typeof accepted === 'string') throw new Error(accepted)
  const frame = exampleFrame()
  return ok(lockPlan(accepted, examplePlan(frame), frame, handOf('owner', 9)))
}

function drawn(project: Project): Project {
  const hand = handOf('data', 12)
  const sample = ok(drawSample(project, '01234567890123456789', ['p-data', 'p-owner'], null, hand))
  const seeds = traps.map(({ id }, i) => ({ id, key: `MRN-${i}`, seed: `s${i}` }))
  const seeded = ok(seedTraps(sample, seeds, traps, hand))
  const goals = 'id,goal,measure,baseline,target,better,owner,now\nG1,Faster refills,hours per refill,29,8,lower,Nurse lead,\n'
  return withInput(seeded, 'goals', goals, { whole: true, hide: (number) => number, hand: handOf('data', 14) })
}

const hazardWords: HazardWords = {
  hazard: 'An allergy is not shown',
  cause: 'The new system shows only coded allergies',
  effect: 'A drug is given that the patient does not tolerate',
  severity: 5,
  likelihood: 3,
  controls: '',
  residualSeverity: null,
  residualLikelihood: null,
  owner: 'Dr. Paula Owner',
}

/** A hazard that was added, controlled, accepted, signed and closed, and one that stays open. */
async function safe(project: Project, keys: Clinic['keys']): Promise<Project> {
  const hand = handOf('safety', 14)
  const open = ok(addHazard(project, { ...hazardWords, hazard: openHazard }, 'Seen in the old system', hand, salts))
  const known = new Set(hazardsOf(open).map((each) => each.id))
  const added = ok(addHazard(open, hazardWords, 'Asked by the ward', hand, salts))
  const id = hazardsOf(added).find((each) => !known.has(each.id))?.id ?? ''
  const controls = { controls: 'Free text is shown as well', residualSeverity: 3, residualLikelihood: 2 } as const
  const controlled = ok(changeHazard(added, id, { ...hazardWords, ...controls }, 'The control was tested', hand, salts))
  const { name, role } = people.safety
  const who = { name, role, signer: keys.safety.person }
  const accepted = ok(await acceptHazard(controlled, id, 'Reducing it further gains nothing', who, hand, salts))
  const signedLog = ok(await signHazards(accepted, { name, role }, keys.safety.person, hand))
  return ok(await closeHazard(signedLog, id, 'Accepted and signed', who, hand, salts))
}

function read(project: Project, who: Person, isTheirs: (n: number) => boolean): Project {
  const own = (project.review.draw?.records ?? []).filter((_, n) => isTheirs(n)).map(({ id }) => judged(id))
  const seeded = traps.flatMap(({ id, items }) => [
    {
      kind: 'difference',
      record: id,
      item: items[0] ?? '',
      domain: 'allergies',
      class: 'lost',
      verdict: 'harmful',
      reason: 'missing',
    } as const,
    judged(id, 'first', 'harmful'),
  ])
  return ok(addVerdicts(project, [...own, ...seeded], handOf(who, who === 'haas' ? 15 : 20)))
}

async function signed(project: Project, who: Person, meaning: Meaning, keys: Clinic['keys'], minute: number): Promise<Project> {
  const hand = handOf(who, minute)
  const { name, role } = people[who]
  return ok(
    await sign(
      project,
      { ...words, meaning, name, role, reason: 'The seeded defects are too few for the bound, as planned', time: hand.wall },
      keys[who].person,
      hand,
    ),
  )
}

/** Index of the last entry with this action, in the whole ledger or of one person. */
export function lastOf(entries: readonly LedgerEntry[], action: string, actor?: string): number {
  const at = entries.findLastIndex((entry) => entry.action === action && (actor === undefined || entry.actor === actor))
  if (at < 0) throw new Error(`The ledger has no ${action}.`)
  return at
}
