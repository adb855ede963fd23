/** Attacks on the lines of the ledger and on the signed ends of its chains. */

import { utf8 } from '../../../../src/core/canonical.ts'
import { record } from '../../../../src/core/project/acts/hand.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'
import { hashOf, ledgerLine } from '../../../../src/core/project/ledger/entry-hash.ts'
import { keyDevice, signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import type { Attack } from './attack.ts'
import { lastOf } from './clinic.ts'
import {
  acted,
  changedAt,
  edited,
  entriesOf,
  must,
  oneChanged,
  opened,
  rebuilt,
  rewritten,
  textOf,
  twinOf,
  withEntries,
  without,
  withoutDevice,
  withText,
} from './tools.ts'

const heads = 'ledger-heads.json'
const ledger = 'ledger.jsonl'
const verdict = (entries: Parameters<typeof lastOf>[0]) => lastOf(entries, 'verdict', 'r-haas') - 3

const altered = (change: object) => (files: Parameters<typeof entriesOf>[0]) =>
  oneChanged(files, verdict(entriesOf(files)), change)

export const entryAttacks: readonly Attack[] = [
  { what: 'entry', how: 'altered: who', named: 'V2', does: ({ files }) => altered({ actor: 'm-ito' })(files) },
  { what: 'entry', how: 'altered: what was done', named: 'V2', does: ({ files }) => altered({ action: 'adjudicated' })(files) },
  {
    what: 'entry',
    how: 'altered: on what',
    named: 'V2',
    does: ({ files }) => altered({ object: 'review/verdicts.jsonl#d-haas-9' })(files),
  },
  {
    what: 'entry',
    how: 'altered: digest of the content',
    named: 'V2',
    does: ({ files }) => altered({ digest: `sha256:${'0'.repeat(64)}` })(files),
  },
  { what: 'entry', how: 'altered: digest left out', named: 'V2', does: ({ files }) => altered({ digest: null })(files) },
  { what: 'entry', how: 'altered: device', named: 'V2', does: ({ files }) => altered({ device: 'd-ito' })(files) },
  { what: 'entry', how: 'altered: number', named: 'V2', does: ({ files }) => altered({ seq: 99 })(files) },
  {
    what: 'entry',
    how: 'altered: link to the one before',
    named: 'V2',
    does: ({ files }) => altered({ prev: '1'.repeat(64) })(files),
  },
  { what: 'entry', how: 'altered: a member added', named: 'V2', does: ({ files }) => altered({ note: 'harmless' })(files) },
  {
    what: 'entry',
    how: 'altered, its own hash recomputed',
    named: 'V3',
    does: ({ files }) => {
      const at = verdict(entriesOf(files))
      const { hash: _, ...body } = { ...must(entriesOf(files)[at]), actor: 'm-ito' }
      return oneChanged(files, at, { ...body, hash: hashOf(body) })
    },
  },
  {
    what: 'entry',
    how: 'altered, its whole chain rebuilt',
    named: 'V10',
    does: ({ files }) => rewritten(files, (entries) => changedAt(verdict(entries), { actor: 'm-ito' })(entries)),
  },
  {
    what: 'entry',
    how: 'cut out of the middle',
    named: 'V3',
    does: ({ files }) =>
      withEntries(
        files,
        entriesOf(files).filter((_, at) => at !== verdict(entriesOf(files))),
      ),
  },
  {
    what: 'entry',
    how: 'cut out of the middle, the chain rebuilt',
    named: 'V10',
    does: ({ files }) => rewritten(files, (entries) => entries.filter((_, at) => at !== verdict(entries))),
  },
  {
    what: 'entry',
    how: 'the last one cut off',
    named: 'V10',
    does: ({ files }) => withEntries(files, entriesOf(files).slice(0, -1)),
  },
  {
    what: 'entry',
    how: 'the last twenty cut off',
    named: 'V10',
    does: ({ files }) => withEntries(files, entriesOf(files).slice(0, -20)),
  },
  { what: 'entry', how: 'all cut off', named: 'V10', does: ({ files }) => withText(files, ledger, '') },
  { what: 'entry', how: 'the ledger removed', named: 'V10', does: ({ files }) => without(files, ledger) },
  {
    what: 'entry',
    how: 'doubled, line by line',
    named: 'V3',
    does: ({ files }) => {
      const at = verdict(entriesOf(files))
      return withEntries(
        files,
        entriesOf(files).flatMap((entry, index) => (index === at ? [entry, entry] : [entry])),
      )
    },
  },
  {
    what: 'entry',
    how: 'replayed at the end of its chain, rebuilt',
    named: 'V10',
    does: ({ files }) => {
      const entries = entriesOf(files)
      const last = must(entries.at(-1))
      const again = { ...must(entries[verdict(entries)]), time: { wall: last.time.wall, counter: last.time.counter + 1 } }
      return withEntries(files, rebuilt([...entries, again]))
    },
  },
  {
    what: 'entry',
    how: 'reordered: two neighbours of one chain',
    named: 'V3',
    does: ({ files }) => {
      const entries = [...entriesOf(files)]
      const at = verdict(entries)
      ;[entries[at], entries[at + 1]] = [must(entries[at + 1]), must(entries[at])]
      return withEntries(files, entries)
    },
  },
  {
    what: 'entry',
    how: 'reordered: an act of one device before that of another it followed',
    named: 'V11',
    does: ({ files }) => {
      const entries = entriesOf(files)
      const run = lastOf(entries, 'run-finished')
      const [moved] = entries.slice(run, run + 1)
      return withEntries(files, [...entries.slice(0, run), ...entries.slice(run + 1), must(moved)])
    },
  },
  {
    what: 'entry',
    how: 'reordered: the whole ledger back to front',
    named: 'V3',
    does: ({ files }) => withEntries(files, entriesOf(files).toReversed()),
  },
  {
    what: 'entry',
    how: 'backdated, no hash touched',
    named: 'V2',
    does: ({ files }) => altered({ time: { wall: '2019-01-01T08:00:00+01:00', counter: 0 } })(files),
  },
  {
    what: 'entry',
    how: 'backdated to 2019, the chain rebuilt',
    named: 'V11',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        changedAt(verdict(entries), { time: { wall: '2019-01-01T08:00:00+01:00', counter: 0 } })(entries),
      ),
  },
  {
    what: 'entry',
    how: 'the whole ledger backdated by a year, rebuilt',
    named: 'V11',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        entries.map((entry) => ({ ...entry, time: { ...entry.time, wall: entry.time.wall.replace('2026', '2025') } })),
      ),
  },
  {
    what: 'entry',
    how: 'dated to come, the chain rebuilt',
    named: 'V11',
    does: ({ files }) =>
      rewritten(files, (entries) =>
        changedAt(entries.length - 1, { time: { wall: '2031-01-01T08:00:00+01:00', counter: 0 } })(entries),
      ),
  },
  {
    what: 'entry',
    how: 'given a time that is none',
    named: 'V11',
    does: ({ files }) =>
      rewritten(files, (entries) => changedAt(verdict(entries), { time: { wall: 'yesterday', counter: 0 } })(entries)),
  },
  {
    what: 'entry',
    how: 'written with other spaces',
    named: 'V1',
    does: ({ files }) => edited(files, ledger, '{"action"', '{ "action"'),
  },
  {
    what: 'entry',
    how: 'one name twice in a line',
    named: 'V1',
    does: ({ files }) => edited(files, ledger, '{"action"', '{"action":"merged","action"'),
  },
  {
    what: 'entry',
    how: 'torn at its end',
    named: 'V1',
    does: ({ files }) => withText(files, ledger, textOf(files, ledger).slice(0, -1)),
  },
  {
    what: 'entry',
    how: 'a line between that is none',
    named: 'V1',
    does: ({ files }) => edited(files, ledger, '\n', '\n# a comment\n'),
  },
  {
    what: 'entry',
    how: 'a mark put before the first line',
    named: 'V1',
    does: ({ files }) => withText(files, ledger, `\ufeff${textOf(files, ledger)}`),
  },
  {
    what: 'entry',
    how: 'line ends of another system',
    named: 'V1',
    does: ({ files }) => withText(files, ledger, textOf(files, ledger).replaceAll('\n', '\r\n')),
  },
  {
    what: 'chain',
    how: 'a reader’s chain left out, with its head',
    named: 'V10',
    does: ({ files }) => withoutDevice(files, 'd-ito'),
  },
  {
    what: 'chain',
    how: 'given to another device name, rebuilt',
    named: 'V10',
    does: ({ files }) =>
      rewritten(files, (entries) => entries.map((entry) => (entry.device === 'd-ito' ? { ...entry, device: 'd-new' } : entry))),
  },
  {
    what: 'chain',
    how: 'forked: a second continuation beside the first',
    named: 'V3',
    does: ({ files, before }) => {
      const other = acted(before.reading, (project) =>
        record(project, [{ action: 'statement', object: 'readiness/training', digest: null }], {
          device: 'd-haas',
          actor: 'r-haas',
          wall: '2026-03-02T09:16:00+01:00',
        }),
      )
      return withEntries(files, [...entriesOf(files), must(entriesOf(other).at(-1))])
    },
  },
  ...(['d-x', 'd-haas'] as const).map(
    (device): Attack => ({
      what: 'entry',
      how: `made up in the name of a reader on ${device === 'd-x' ? 'a new device' : 'the reader’s device'}`,
      named: device === 'd-x' ? 'V6' : 'V10',
      does: ({ files }) =>
        acted(files, (project) =>
          record(project, [{ action: 'verdict', object: 'x', digest: null }], {
            device,
            actor: 'r-haas',
            wall: '2026-03-02T10:00:00+01:00',
          }),
        ),
    }),
  ),
  {
    what: 'entry',
    how: 'made up on a new device with a key of its own, its head signed',
    named: 'V6',
    does: async ({ files, forger }) => {
      const by = { device: 'd-x', actor: 'r-haas', wall: '2026-03-02T10:00:00+01:00' }
      const keyed = await keyDevice(opened(files), forger, by)
      const acting = record(keyed, [{ action: 'verdict', object: 'x', digest: null }], by)
      return saveProject(await signHead(acting, by.device, forger))
    },
  },
  {
    what: 'entry',
    how: 'made up at the end of the owner’s chain, its head signed by the forger',
    named: 'V10',
    does: async ({ files, forger }) => {
      const by = { device: 'd-owner', actor: 'p-owner', wall: '2026-03-02T10:00:00+01:00' }
      const acting = record(opened(files), [{ action: 'threshold-set', object: 'readiness/open-errors', digest: null }], by)
      return saveProject(await signHead(acting, by.device, forger))
    },
  },
  { what: 'head', how: 'all heads removed', named: 'V10', does: ({ files }) => without(files, heads) },
  {
    what: 'head',
    how: 'one head removed',
    named: 'V10',
    does: ({ files }) => acted(files, (project) => ({ ...project, heads: project.heads.slice(1) })),
  },
  {
    what: 'head',
    how: 'malleated: the other form of its signature',
    named: 'V10',
    does: ({ files }) =>
      acted(files, (project) => ({
        ...project,
        heads: project.heads.map((head) => ({ ...head, signature: twinOf(head.signature) })),
      })),
  },
  {
    what: 'head',
    how: 'two signatures exchanged',
    named: 'V10',
    does: ({ files }) =>
      acted(files, (project) => ({
        ...project,
        heads: project.heads.map((head, at) => ({ ...head, signature: project.heads.at(at - 1)?.signature ?? '' })),
      })),
  },
  {
    what: 'head',
    how: 'pointed at an earlier entry',
    named: 'V10',
    does: ({ files }) =>
      acted(files, (project) => ({
        ...project,
        heads: project.heads.map((head) => {
          const earlier = project.ledger.find(({ device, seq }) => device === head.device && seq === head.seq - 1)
          return earlier ? { ...head, seq: earlier.seq, hash: earlier.hash } : head
        }),
      })),
  },
  {
    what: 'head',
    how: 'emptied of what its device had seen of others',
    named: 'V10',
    does: ({ files }) => acted(files, (project) => ({ ...project, heads: project.heads.map((head) => ({ ...head, seen: [] })) })),
  },
  {
    what: 'head',
    how: 'replayed: every head of before the approval',
    named: 'V10',
    does: ({ files, before }) => withText(files, heads, textOf(before.approval, heads)),
  },
  {
    what: 'head',
    how: 'one chain set back to an earlier state that its device had signed',
    named: 'V10',
    does: ({ files, before }) => {
      const old = opened(before.reading)
      const back = acted(files, (project) => ({
        ...project,
        ledger: [
          ...project.ledger.filter(({ device }) => device !== 'd-ito'),
          ...old.ledger.filter(({ device }) => device === 'd-ito'),
        ].toSorted(
          (a, b) =>
            project.ledger.findIndex(({ hash }) => hash === a.hash) - project.ledger.findIndex(({ hash }) => hash === b.hash),
        ),
        heads: project.heads.map((head) =>
          head.device === 'd-ito' ? (old.heads.find(({ device }) => device === 'd-ito') ?? head) : head,
        ),
      }))
      return back
    },
  },
  {
    what: 'head',
    how: 'added for a device that has no chain',
    named: 'V10',
    does: ({ files }) =>
      acted(files, (project) => ({ ...project, heads: [...project.heads, { ...must(project.heads[0]), device: 'd-z' }] })),
  },
  {
    what: 'entry',
    how: 'hidden among those put aside after a fork',
    named: 'V3',
    does: ({ files }) => {
      const entry = must(entriesOf(files).at(-1))
      return new Map(withEntries(files, entriesOf(files).slice(0, -1))).set('incidents/given-up.jsonl', utf8(ledgerLine(entry)))
    },
  },
]
