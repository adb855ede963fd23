/** Attacks on signed pages, keys and grants, some of them by people who hold a key of their own. */
import { digestOf, type Json } from '../../../../src/core/canonical.ts'
import { type Hand, record } from '../../../../src/core/project/acts/hand.ts'
import type { Project, ProjectFiles } from '../../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../../../../src/core/project/ledger/ledger.ts'
import { enrolKey } from '../../../../src/core/project/review/review-steps.ts'
import { payloadOf, type Signer, signJson, signPayload } from '../../../../src/core/project/signing/signature.ts'
import type { SignaturePayload } from '../../../../src/core/project/signing/signature-page.ts'
import { keyDevice, signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import type { Attack, Target } from './attack.ts'
import { type Clinic, clinic, handOf, lastOf, type Person } from './clinic.ts'
import { acted, changedAt, entriesOf, must, oneChanged, opened, rebuilt, rewritten, twinOf, without } from './tools.ts'

const late: Hand = { device: 'd-owner', actor: 'p-owner', wall: '2026-03-02T10:00:00+01:00' }

const approvalAt = (entries: readonly LedgerEntry[]): number => lastOf(entries, 'signed', 'p-owner')
const grantAt = (entries: readonly LedgerEntry[]): number =>
  entries.findIndex(({ action, object }) => action === 'role-granted' && object.includes('m-ito'))

/** The approval otherwise, its digest and chain recomputed; the key is not at hand. */
const page = (change: (payload: SignaturePayload) => object) => (target: Pick<Target, 'files'>) =>
  rewritten(target.files, (entries) => {
    const at = approvalAt(entries)
    const payload: Json = JSON.parse(JSON.stringify(change(must(payloadOf(must(entries[at])) ?? undefined))))
    return changedAt(at, { payload, digest: digestOf(payload) })(entries)
  })

const approval = (change: (entry: LedgerEntry) => Partial<LedgerEntry>) => (target: Pick<Target, 'files'>) =>
  rewritten(target.files, (entries) => changedAt(approvalAt(entries), change(must(entries[approvalAt(entries)])))(entries))

/** An entry with a signature at the end of this chain. */
async function appended(
  project: Project,
  by: Hand,
  action: string,
  object: string,
  json: Json,
  signer: Signer,
): Promise<Project> {
  const signature = await signJson(json, signer)
  const time = nextMoment(latestMoment(project.ledger), by.wall)
  const draft = { ...by, time, action, object, digest: digestOf(json), signature }
  const { wall: _, ...entry } = draft
  return { ...project, ledger: appendEntries(project.ledger, [entry]) }
}

/** What somebody signs anew with the own keys, page and head. */
async function resigned(
  { project, keys }: Clinic,
  who: Person,
  change: (payload: SignaturePayload) => SignaturePayload,
): Promise<ProjectFiles> {
  const at = lastOf(project.ledger, 'signed', handOf(who, 0).actor)
  const payload = change(must(payloadOf(must(project.ledger[at])) ?? undefined))
  const signature = await signPayload(payload, keys[who].person)
  const ledger = rebuilt(changedAt(at, { ...signature, digest: digestOf(signature.payload) })(project.ledger))
  return saveProject(await signHead({ ...project, ledger }, handOf(who, 0).device, keys[who].device))
}

/** The last act of a chain done again by its own person: chain, head and what it stands on. */
async function rewrittenBy(
  { project, keys }: Clinic,
  who: Person,
  change: (entries: readonly LedgerEntry[]) => readonly LedgerEntry[],
): Promise<ProjectFiles> {
  const ledger = rebuilt(change(project.ledger))
  return saveProject(await signHead({ ...project, ledger }, handOf(who, 0).device, keys[who].device))
}

/** A harmless verdict under this name and of this reader, entered and signed on the device of another one. */
async function verdictBy(project: Project, keys: Clinic['keys'], id: string, by: string): Promise<ProjectFiles> {
  const hand = { ...late, device: 'd-ito', actor: 'm-ito' }
  const like = must(project.review.events.find(({ kind }) => kind === 'record'))
  const event = { ...like, id, by }
  const act = { action: 'verdict', object: `review/verdicts.jsonl#${id}`, digest: digestOf(jsonOf(event)) }
  const events = [...project.review.events.filter((each) => each.id !== id), event]
  const made = record({ ...project, review: { ...project.review, events } }, [act], hand)
  return saveProject(await signHead(made, 'd-ito', keys.ito.device))
}

const grantFor = (project: string, actor: string, device: string, role: string, key: Signer, deviceKey: Signer): Json => ({
  format: 'carryover-role/1',
  project,
  actor,
  role,
  device,
  key: digestOf(key.publicKey),
  deviceKey: digestOf(deviceKey.publicKey),
})

const keyPath = 'keys/p-owner-d-owner.pub.json'
const keyFile = (change: object) => (target: Pick<Target, 'files'>) =>
  acted(target.files, (project) => ({
    ...project,
    keys: project.keys.map((key) => (key.actor === 'p-owner' ? { ...key, ...change } : key)),
  }))

export const signatureAttacks: readonly Attack[] = [
  {
    what: 'page',
    how: 'statement altered, no hash touched',
    named: 'V2',
    does: ({ files }) => {
      const entries = entriesOf(files)
      const at = approvalAt(entries)
      return oneChanged(files, at, {
        payload: JSON.parse(JSON.stringify({ ...Object(entries[at]?.payload), statement: 'I approve.' })),
      })
    },
  },
  {
    what: 'page',
    how: 'statement altered, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, statement: 'All is well.' })),
  },
  {
    what: 'page',
    how: 'printed name altered, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, name: 'Dr. Other' })),
  },
  {
    what: 'page',
    how: 'printed role altered, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, role: 'Director' })),
  },
  { what: 'page', how: 'meaning altered, rebuilt', named: 'V5', does: page((payload) => ({ ...payload, meaning: 'review' })) },
  { what: 'page', how: 'counts altered, rebuilt', named: 'V5', does: page((payload) => ({ ...payload, population: 4000 })) },
  {
    what: 'page',
    how: 'a claim that failed made to hold, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, claims: payload.claims.map((claim) => ({ ...claim, upper: 0 })) })),
  },
  {
    what: 'page',
    how: 'digest of the run altered, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, digests: { ...payload.digests, run: null } })),
  },
  { what: 'page', how: 'seeded defects left out, rebuilt', named: 'V5', does: page(({ sensitivity: _, ...payload }) => payload) },
  {
    what: 'page',
    how: 'backdated to 2019, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, time: '2019-03-02T09:40:00+01:00' })),
  },
  {
    what: 'page',
    how: 'put on another head, rebuilt',
    named: 'V5',
    does: page((payload) => ({ ...payload, head: { digest: `sha256:${'1'.repeat(64)}`, devices: [] } })),
  },
  {
    what: 'signature',
    how: 'malleated: the other of its two forms, rebuilt',
    named: 'V5',
    does: approval(({ signature = '' }) => ({ signature: twinOf(signature) })),
  },
  {
    what: 'signature',
    how: 'cut short, rebuilt',
    named: 'V5',
    does: approval(({ signature = '' }) => ({ signature: signature.slice(0, -4) })),
  },
  {
    what: 'signature',
    how: 'lengthened, rebuilt',
    named: 'V5',
    does: approval(({ signature = '' }) => ({ signature: `${signature}AAAA` })),
  },
  { what: 'signature', how: 'filled with zeros, rebuilt', named: 'V5', does: approval(() => ({ signature: 'A'.repeat(86) })) },
  {
    what: 'signature',
    how: 'that of a reader in its place, rebuilt',
    named: 'V5',
    does: (target) =>
      approval(() => ({
        signature: must(entriesOf(target.files)[lastOf(entriesOf(target.files), 'signed', 'm-ito')]).signature ?? '',
      }))(target),
  },
  {
    what: 'signature',
    how: 'doubled: the same page once more at the end of its chain, rebuilt',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) => {
        const { time, ...again } = must(entries[approvalAt(entries)])
        return [...entries, { ...again, time: { wall: time.wall, counter: time.counter + 9 } }]
      }),
  },
  {
    what: 'signature',
    how: 'doubled by its owner, with the own device key',
    named: 'V5',
    does: ({ keys, project }) =>
      rewrittenBy(
        { project, keys, files: new Map(), before: { reading: new Map(), approval: new Map() } },
        'owner',
        (entries) => {
          const { time, ...again } = must(entries[approvalAt(entries)])
          return [...entries, { ...again, time: { wall: time.wall, counter: time.counter + 9 } }]
        },
      ),
  },
  {
    what: 'signature',
    how: 'replayed from another project of the same people, rebuilt',
    named: 'V5',
    does: (target) => {
      const { payload, digest, signature, publicKey } = must(target.other.project.ledger[approvalAt(target.other.project.ledger)])
      return approval(() => ({ payload: payload ?? null, digest, signature: signature ?? '', publicKey: publicKey ?? null }))(
        target,
      )
    },
  },
  {
    what: 'signature',
    how: 'made anew with a key that nobody enrolled, rebuilt',
    named: 'V5',
    does: async (target) => {
      const { files, forger } = target
      const entries = entriesOf(files)
      const made = await signJson(must(entries[approvalAt(entries)]?.payload), forger)
      return approval(() => ({ ...made }))(target)
    },
  },
  {
    what: 'signature',
    how: 'made anew with a key that the forger enrolled in the owner’s name',
    named: 'V6',
    does: async ({ files, forger, before }) => {
      const by = { device: 'd-x', actor: 'p-owner', wall: late.wall }
      const key = {
        id: 'p-owner-d-x',
        actor: 'p-owner',
        name: 'Dr. Paula Owner',
        role: 'owner',
        device: 'd-x',
        created: late.wall,
        publicKey: forger.publicKey,
      }
      const enrolled = enrolKey(await keyDevice(opened(before.approval), forger, by), key, by)
      const entries = entriesOf(files)
      const payload = must(entries[approvalAt(entries)]?.payload)
      const forged = await appended(enrolled, by, 'signed', 'review', payload, forger)
      return saveProject(await signHead(forged, by.device, forger))
    },
  },
  {
    what: 'signature',
    how: 'taken out, rebuilt',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        entries.map((entry, at) => {
          if (at !== approvalAt(entries)) return entry
          const { signature: _, ...rest } = entry
          return rest
        }),
      ),
  },
  {
    what: 'signature',
    how: 'key of the page altered, rebuilt',
    named: 'V5',
    does: (target) => approval(() => ({ publicKey: target.forger.publicKey }))(target),
  },
  {
    what: 'page',
    how: 'refusal of a reader turned: the reviews cut, the approval kept, rebuilt',
    named: 'V10',
    does: ({ files }) =>
      rewritten(files, (entries) => entries.filter(({ action, actor }) => action !== 'signed' || actor === 'p-owner')),
  },
  {
    what: 'page',
    how: 'cut off with its head set back',
    named: 'V4',
    does: ({ files, before }) =>
      new Map(files)
        .set('ledger.jsonl', must(before.approval.get('ledger.jsonl')))
        .set('ledger-heads.json', must(before.approval.get('ledger-heads.json'))),
    onlyByHead: 'all that is left is what the people signed before the approval: nothing in it knows of what came after',
  },
  {
    what: 'page',
    how: 'backdated to 2019 by its owner, with both own keys',
    named: 'V11',
    does: (target) => resigned(target, 'owner', (payload) => ({ ...payload, time: '2019-03-02T09:40:00+01:00' })),
  },
  {
    what: 'page',
    how: 'dated to come by its owner, with both own keys',
    named: 'V11',
    does: (target) => resigned(target, 'owner', (payload) => ({ ...payload, time: '2029-03-02T09:40:00+01:00' })),
  },
  {
    what: 'page',
    how: 'counts inflated by its owner, with both own keys',
    named: 'V8',
    does: (target) =>
      resigned(target, 'owner', (payload) => ({ ...payload, progress: { ...payload.progress, judged: 83, sample: 83 } })),
  },
  {
    what: 'page',
    how: 'readers added by its owner, with both own keys',
    named: 'V8',
    does: (target) =>
      resigned(target, 'owner', (payload) => ({ ...payload, readers: [...payload.readers, { reader: 'x-third', records: 18 }] })),
  },
  {
    what: 'page',
    how: 'another name printed by its owner, with both own keys',
    named: 'V5',
    does: (target) => resigned(target, 'owner', (payload) => ({ ...payload, name: 'Dr. Rita Haas' })),
  },
  {
    what: 'page',
    how: 'an approval by a reader, with the own keys',
    named: 'V6',
    does: (target) => resigned(target, 'ito', (payload) => ({ ...payload, meaning: 'approval' })),
  },
  {
    what: 'verdict',
    how: 'changed afterwards by its reader, chain and head signed anew',
    named: 'V10',
    does: (target) =>
      rewrittenBy(target, 'ito', (entries) =>
        changedAt(lastOf(entries, 'verdict', 'm-ito'), { digest: `sha256:${'2'.repeat(64)}` })(entries),
      ),
  },
  {
    what: 'verdict',
    how: 'backdated by its reader, chain and head signed anew',
    named: 'V10',
    does: (target) =>
      rewrittenBy(target, 'ito', (entries) =>
        changedAt(
          entries.findIndex(({ action, actor }) => action === 'verdict' && actor === 'm-ito'),
          { time: { wall: '2026-03-02T09:14:30+01:00', counter: 0 } },
        )(entries),
      ),
  },
  {
    what: 'verdict',
    how: 'entered by another reader in a colleague’s name, with the own keys',
    named: 'V8',
    does: async ({ project, keys }) => await verdictBy(project, keys, 'd-ito-99', 'r-haas'),
  },
  {
    what: 'verdict',
    how: 'of a colleague replaced by another reader under the same name, with the own keys',
    named: 'V8',
    does: async ({ project, keys }) => await verdictBy(project, keys, 'd-haas-1', 'm-ito'),
  },
  {
    what: 'mapping',
    how: 'confirmed by nobody who gave a name, chain and head signed anew',
    named: 'V8',
    does: (target) =>
      rewrittenBy(target, 'data', (entries) => changedAt(lastOf(entries, 'mapping-confirmed'), { actor: 'unnamed' })(entries)),
  },
  {
    what: 'run',
    how: 'exchanged by the data person, chain and head signed anew',
    named: 'V10',
    does: (target) =>
      rewrittenBy(target, 'data', (entries) =>
        changedAt(lastOf(entries, 'run-finished'), { digest: `sha256:${'3'.repeat(64)}` })(entries),
      ),
  },
  {
    what: 'page',
    how: 'the own approval taken back for another by the owner, before anybody else saved',
    named: 'V4',
    does: (target) => resigned(target, 'owner', (payload) => ({ ...payload, statement: 'I approve this, with other words.' })),
    onlyByHead: 'its own person and device signed both, and nobody else had seen the first',
  },
  { what: 'key', how: 'file renamed to another person', named: 'V5', does: keyFile({ name: 'Dr. Somebody Else' }) },
  { what: 'key', how: 'file given another role', named: 'V5', does: keyFile({ role: 'Medical director' }) },
  { what: 'key', how: 'file backdated', named: 'V5', does: keyFile({ created: '2019-01-01T08:00:00+01:00' }) },
  { what: 'key', how: 'file given another device', named: 'V5', does: keyFile({ device: 'd-haas' }) },
  { what: 'key', how: 'file given another person', named: 'V5', does: keyFile({ actor: 'm-ito' }) },
  {
    what: 'key',
    how: 'key in the file exchanged',
    named: 'V5',
    does: (target) => keyFile({ publicKey: target.forger.publicKey })(target),
  },
  { what: 'key', how: 'file removed', named: 'V5', does: ({ files }) => without(files, keyPath) },
  {
    what: 'key',
    how: 'enrolment cut out, rebuilt',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) => entries.filter(({ action, actor }) => action !== 'key-enrolled' || actor !== 'p-owner')),
  },
  {
    what: 'key',
    how: 'enrolment moved behind the signature',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) => {
        const key = entries.findIndex(({ action, actor }) => action === 'key-enrolled' && actor === 'p-owner')
        return [...entries.filter((_, at) => at !== key), must(entries[key])]
      }),
  },
  {
    what: 'key',
    how: 'device key exchanged for the forger’s, rebuilt',
    named: 'V10',
    does: (target) =>
      rewritten(target.files, (entries) =>
        changedAt(
          entries.findIndex(({ action, device }) => action === 'device-keyed' && device === 'd-owner'),
          { publicKey: target.forger.publicKey, digest: digestOf(target.forger.publicKey) },
        )(entries),
      ),
  },
  {
    what: 'grant',
    how: 'reader made owner, no hash touched',
    named: 'V2',
    does: ({ files }) => {
      const entries = entriesOf(files)
      const at = grantAt(entries)
      return oneChanged(files, at, { payload: JSON.parse(JSON.stringify({ ...Object(entries[at]?.payload), role: 'owner' })) })
    },
  },
  {
    what: 'grant',
    how: 'reader made owner, rebuilt',
    named: 'V6',
    does: ({ files }) =>
      rewritten(files, (entries) => {
        const at = grantAt(entries)
        const payload: Json = JSON.parse(JSON.stringify({ ...Object(entries[at]?.payload), role: 'owner' }))
        return changedAt(at, { payload, digest: digestOf(payload) })(entries)
      }),
  },
  {
    what: 'grant',
    how: 'bound to the forger’s device key, rebuilt',
    named: 'V6',
    does: (target) =>
      rewritten(target.files, (entries) => {
        const at = grantAt(entries)
        const payload: Json = JSON.parse(
          JSON.stringify({ ...Object(entries[at]?.payload), deviceKey: digestOf(target.forger.publicKey) }),
        )
        return changedAt(at, { payload, digest: digestOf(payload) })(entries)
      }),
  },
  {
    what: 'grant',
    how: 'malleated, rebuilt',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        changedAt(grantAt(entries), { signature: twinOf(entries[grantAt(entries)]?.signature ?? '') })(entries),
      ),
  },
  {
    what: 'grant',
    how: 'cut out, rebuilt',
    named: 'V6',
    does: ({ files }) => rewritten(files, (entries) => entries.filter((_, at) => at !== grantAt(entries))),
  },
  {
    what: 'grant',
    how: 'doubled, rebuilt',
    named: 'V5',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        entries.flatMap((entry, at) =>
          at === grantAt(entries) ? [entry, { ...entry, time: { ...entry.time, counter: entry.time.counter + 50 } }] : [entry],
        ),
      ),
  },
  {
    what: 'grant',
    how: 'replayed from another project of the same people, rebuilt',
    named: 'V6',
    does: ({ files, other }) =>
      rewritten(files, (entries) => {
        const { payload, digest, signature, publicKey } = must(other.project.ledger[grantAt(other.project.ledger)])
        return changedAt(grantAt(entries), {
          payload: payload ?? null,
          digest,
          signature: signature ?? '',
          publicKey: publicKey ?? null,
        })(entries)
      }),
  },
  {
    what: 'grant',
    how: 'made by the forger in the administrator’s name, rebuilt',
    named: 'V6',
    does: async ({ files, forger }) => {
      const project = opened(files)
      return saveProject(
        await appended(
          project,
          { device: 'd1', actor: 'a-keller', wall: late.wall },
          'role-granted',
          'roles/x',
          grantFor(project.manifest.id, 'x-forger', 'd-x', 'owner', forger, forger),
          forger,
        ),
      )
    },
  },
  {
    what: 'grant',
    how: 'made by a reader for the own person, with the own keys',
    named: 'V6',
    does: async ({ project, keys }) => {
      const by = { ...late, device: 'd-ito', actor: 'm-ito' }
      const made = await appended(
        project,
        by,
        'role-granted',
        'roles/m-ito-d-ito/owner',
        grantFor(project.manifest.id, 'm-ito', 'd-ito', 'owner', keys.ito.person, keys.ito.device),
        keys.ito.person,
      )
      return saveProject(await signHead(made, 'd-ito', keys.ito.device))
    },
  },
  {
    what: 'grant',
    how: 'made by the administrator for the own person, with the own keys',
    named: 'V6',
    does: async ({ project, keys }) => {
      const by = { ...late, device: 'd1', actor: 'a-keller' }
      const made = await appended(
        project,
        by,
        'role-granted',
        'roles/a-keller-d1/owner',
        grantFor(project.manifest.id, 'a-keller', 'd1', 'owner', keys.admin.person, keys.admin.device),
        keys.admin.person,
      )
      return saveProject(await signHead(made, 'd1', keys.admin.device))
    },
  },
  {
    what: 'waiver',
    how: 'given by a reader, with the own keys',
    named: 'V6',
    does: async ({ project, keys }) => {
      const by = { ...late, device: 'd-ito', actor: 'm-ito' }
      const words = { format: 'carryover-waiver/1', project: project.manifest.id, duty: 'S1', reason: 'We are few' }
      const made = await appended(project, by, 'duty-waived', 'S1', words, keys.ito.person)
      return saveProject(await signHead(made, 'd-ito', keys.ito.device))
    },
  },
  {
    what: 'plan',
    how: 'opened again by a reader, with the own keys',
    named: 'V6',
    does: async ({ project, keys }) => {
      const by = { ...late, device: 'd-ito', actor: 'm-ito' }
      const made = record(
        project,
        [
          {
            action: 'plan-reopened',
            object: 'review/plan.json',
            digest: digestOf(jsonOf(must(project.review.plan ?? undefined))),
          },
        ],
        by,
      )
      return saveProject(await signHead(made, 'd-ito', keys.ito.device))
    },
  },
  {
    what: 'project',
    how: 'the whole project as it was before the approval',
    named: 'V4',
    does: ({ before }) => before.approval,
    onlyByHead: 'every file is as its people signed it then: nothing in an earlier copy knows of what came after',
  },
  {
    what: 'project',
    how: 'rebuilt from nothing with keys of the forger, under the same names',
    named: 'V4',
    does: async ({ project }) => (await clinic(project.manifest.id)).files,
    onlyByHead:
      'the file holds no name that is tied to a person outside of it: who enrolled which key is known to those who were there',
  },
]
