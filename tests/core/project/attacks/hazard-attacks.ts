/** Attacks on the hazard log: acts altered, dropped, backdated, doubled and made up, with and without a role, and the safety officer's page. */

import type { Hand } from '../../../../src/core/project/acts/hand.ts'
import { chainEnds } from '../../../../src/core/project/format/chain-ends.ts'
import { paths } from '../../../../src/core/project/format/documents.ts'
import type { HazardAct } from '../../../../src/core/project/format/hazard-acts.ts'
import type { Project } from '../../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../../src/core/project/format/save.ts'
import { isSettling, settlingPayload } from '../../../../src/core/project/hazards/hazard-signature.ts'
import { hazardActs, hazardEntry, withHazardActs } from '../../../../src/core/project/hazards/log/hazard-log.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../../src/core/project/ledger/ledger.ts'
import { signJson } from '../../../../src/core/project/signing/signature.ts'
import { signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import type { Attack } from './attack.ts'
import { handOf, lastOf, type Person, people } from './clinic.ts'
import { acted, changedAt, edited, entriesOf, must, opened, rewritten, without } from './tools.ts'

const log = paths.hazards

const file = (how: string, from: string, to: string): Attack => ({
  what: 'hazard',
  how,
  named: 'V8',
  does: ({ files }) => edited(files, log, from, to),
})

const actsOf = (project: Project): readonly HazardAct[] => must(hazardActs(project) ?? undefined)

const list = (how: string, change: (acts: readonly HazardAct[]) => readonly HazardAct[]): Attack => ({
  what: 'hazard',
  how,
  named: 'V8',
  does: ({ files }) => acted(files, (project) => ({ ...project, other: withHazardActs(project.other, change(actsOf(project))) })),
})

/** An act made with an editor, recorded and signed by somebody's own device and, where it settles anything, with the own key. */
const insider = (
  how: string,
  who: Person,
  named: Attack['named'],
  make: (acts: readonly HazardAct[], hand: Hand) => HazardAct,
  isSigned = true,
): Attack => ({
  what: 'hazard',
  how,
  named,
  does: async ({ files, keys }) => {
    const project = opened(files)
    const hand = handOf(who, 50)
    const act = make(actsOf(project), hand)
    const other = withHazardActs(project.other, [...actsOf(project), act])
    const { name, role } = people[who]
    const payload = settlingPayload(project.manifest.id, act, { name, role }, chainEnds(project.ledger))
    const entry = {
      device: hand.device,
      actor: hand.actor,
      time: nextMoment(latestMoment(project.ledger), hand.wall),
      ...hazardEntry(act),
      ...(isSigned && isSettling(act) ? { signature: await signJson(jsonOf(payload), keys[who].person) } : {}),
    }
    const recorded = { ...project, other, ledger: appendEntries(project.ledger, [entry]) }
    return saveProject(await signHead(recorded, hand.device, keys[who].device))
  },
})

// It is added first, and judged by nobody since.
const openOne = (acts: readonly HazardAct[]): HazardAct => must(acts[0])

const next = (from: HazardAct, hand: Hand, change: Partial<HazardAct>): HazardAct => ({
  ...from,
  n: from.n + 1,
  by: hand.actor,
  at: hand.wall,
  before: from.after,
  evidence: null,
  ...change,
})

const accepts = (acts: readonly HazardAct[], hand: Hand): HazardAct => {
  const one = openOne(acts)
  return next(one, hand, { action: 'hazard-accepted', after: { ...one.after, status: 'accepted' } })
}

export const hazardAttacks: readonly Attack[] = [
  file('altered: less severe', '"severity": 5', '"severity": 2'),
  file('altered: another reason', '"reason": "', '"reason": "0'),
  {
    what: 'hazard',
    how: 'its sealed text altered',
    named: 'V8',
    does: ({ files }) => edited(files, paths.hazardTexts, 'Asked by the ward', 'Asked by nobody'),
  },
  file('altered: by somebody else', '"by": "s-lind"', '"by": "p-owner"'),
  file('altered: closed before it was accepted', '"status": "controlled"', '"status": "closed"'),
  file('backdated', '"at": "2026-03-02T', '"at": "2025-03-02T'),
  list('dropped: the open one', (acts) => acts.filter((act) => act !== openOne(acts))),
  list('dropped: its last act', (acts) => acts.slice(0, -1)),
  list('doubled', (acts) => [...acts, must(acts[0])]),
  list('added beside the ledger', (acts) => {
    const one = openOne(acts)
    return [...acts, { ...one, n: 2, action: 'hazard-changed', before: one.after, after: { ...one.after, severity: 1 } }]
  }),
  { what: 'hazard log', how: 'removed', named: 'V8', does: ({ files }) => without(files, log) },
  insider('accepted without role: by the owner', 'owner', 'V6', accepts),
  insider('accepted without role: by a reader', 'haas', 'V6', accepts),
  insider('accepted by the officer without controls', 'safety', 'V8', accepts),
  insider('accepted on the officer’s device without the officer’s key', 'safety', 'V6', accepts, false),
  {
    what: 'hazard',
    how: 'its acceptance signed by the officer taken for that of another hazard',
    named: 'V8',
    does: async ({ files, keys }) => {
      const project = opened(files)
      const hand = handOf('safety', 50)
      const was = must(project.ledger[lastOf(project.ledger, 'hazard-accepted')])
      const act = accepts(actsOf(project), hand)
      const other = withHazardActs(project.other, [...actsOf(project), act])
      const { payload = null, publicKey = null, signature = '' } = was
      const entry = { ...hand, time: nextMoment(latestMoment(project.ledger), hand.wall), ...hazardEntry(act) }
      const { wall: _, ...draft } = { ...entry, signature: { payload, publicKey, signature } }
      const recorded = { ...project, other, ledger: appendEntries(project.ledger, [draft]) }
      return saveProject(await signHead(recorded, hand.device, keys.safety.device))
    },
  },
  insider('closed without role: by the data team', 'data', 'V6', (acts, hand) => {
    const one = openOne(acts)
    return next(one, hand, {
      action: 'hazard-closed',
      after: { ...one.after, status: 'closed' },
      evidence: { run: 1, page: null },
    })
  }),
  insider('closed by the officer on a run that shows nothing', 'safety', 'V8', (acts, hand) => {
    const one = openOne(acts)
    return next(one, hand, {
      action: 'hazard-closed',
      after: { ...one.after, status: 'closed' },
      evidence: { run: 1, page: null },
    })
  }),
  insider('closed by the officer on a page that does not accept it', 'safety', 'V8', (acts, hand) => {
    const one = openOne(acts)
    const page = must(acts.findLast(({ action }) => action === 'hazard-closed')).evidence?.page ?? null
    return next(one, hand, { action: 'hazard-closed', after: { ...one.after, status: 'closed' }, evidence: { run: null, page } })
  }),
  insider('changed by its owner to accepted', 'owner', 'V8', (acts, hand) => {
    const one = openOne(acts)
    return next(one, hand, { action: 'hazard-changed', after: { ...one.after, status: 'accepted' } })
  }),
  insider('changed from a state that never was', 'owner', 'V8', (acts, hand) => {
    const one = openOne(acts)
    return next(one, hand, {
      action: 'hazard-changed',
      before: { ...one.after, severity: 1 },
      after: { ...one.after, severity: 2 },
    })
  }),
  {
    what: 'safety signature',
    how: 'altered: fewer risks above acceptable',
    named: 'V6',
    does: ({ files }) => {
      const at = lastOf(entriesOf(files), 'safety-signed')
      const entry = must(entriesOf(files)[at])
      const payload = { ...(entry.payload as object), statement: 'I, clinical safety officer, find no risk.' }
      return rewritten(files, changedAt(at, { payload }))
    },
  },
  {
    what: 'safety signature',
    how: 'cut out, the chain rebuilt',
    named: 'V8',
    does: ({ files }) => rewritten(files, (entries) => entries.filter(({ action }) => action !== 'safety-signed')),
  },
]
