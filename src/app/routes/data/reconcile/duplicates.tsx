/** Possible duplicate patients: groups of records that are probably one person, with what speaks for and against, for a person to decide. */
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { LinkCaution, LinkCluster, LinkedPair, LinkPlace } from '../../../../core/data/linkage/linkage-types.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useWorkspace, workspace } from '../../../session/state.ts'
import { findDuplicates, joinCluster, useDuplicates } from '../acts/find-duplicates.ts'
import styles from '../data.module.css'
import { showPart } from '../progress/show-part.ts'

const shownAtOnce = 20
/** As addresses name this part of the page: the line of the board leads to it. */
const partName = 'duplicates'

const cautionWords: Readonly<Record<LinkCaution, string>> = {
  'possible-twins': 'possible twins: never merged by weight alone',
  'parent-and-child': 'parent and child of one name',
  'conflicting-ids': 'strong identifiers contradict each other',
  'weak-cluster': 'held together by a weak pair',
}

export function Duplicates() {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const running = useWorkspace((w) => w.running !== null)
  const { found, decided, stale } = useDuplicates()
  const usable = sources.filter(
    ({ id, table, name }) => files.has(id) && /patient|person|client|demograph/i.test(`${table} ${name}`),
  )
  const [search] = useSearchParams()
  const asked = search.get('part') === partName && usable.length > 0
  useEffect(() => {
    if (asked) showPart(partName)
  }, [asked])
  const [chosen, setChosen] = useState('')
  const [shown, setShown] = useState(shownAtOnce)
  // The board rests on a search of the new system, so that file comes first.
  const first = usable.find(({ side }) => side === 'target') ?? usable[0]
  const id = usable.some((source) => source.id === chosen) ? chosen : (first?.id ?? '')
  if (usable.length === 0) return null
  const clusters = found?.result.clusters ?? []
  return (
    <section id={partName} tabIndex={-1} className={`around-wide ${styles.section}`}>
      <h2>Possible duplicate patients</h2>
      <div className="row-end">
        <Select
          label="File of patients"
          value={id}
          choices={usable.map((source) => [source.id, `${source.name} (${source.side})`] as const)}
          onChange={setChosen}
        />
        <Button isDisabled={running} onPress={() => void findDuplicates(id)}>
          Look for duplicates
        </Button>
        {found && <RevealButton />}
      </div>
      {found && (
        <>
          {stale && <Note mark="warning">These groups are about an earlier file. Look again.</Note>}
          <p className="muted">
            {formatNumber(found.result.records)} records of {found.source.name}, {formatNumber(found.result.pairsCompared)} pairs
            compared: {formatNumber(clusters.length)} {clusters.length === 1 ? 'group' : 'groups'},{' '}
            {formatNumber(found.result.falseMerges.length)} {found.result.falseMerges.length === 1 ? 'record' : 'records'} that
            may be two people. {clusters.length === 0 ? 'There is nothing to decide.' : 'Nothing is joined before you decide.'}
            {found.source.side === 'legacy' && ' The board counts a search of the new system’s file alone.'}
          </p>
          {found.result.warnings.length > 0 && (
            <details className={`above-wide ${styles.coverage}`}>
              <summary>{counted(found.result.warnings.length, 'thing')} to know about the model</summary>
              <ul>
                {found.result.warnings.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </details>
          )}
          {found.result.largeBlocks.map(({ rule, records, pairsNotCompared }) => (
            <Note key={`${rule}${records}`} mark="warning">
              {rule}: {formatNumber(records)} records agree, so {formatNumber(pairsNotCompared)} pairs were not compared.
            </Note>
          ))}
          <ol className={`stack ${styles.rows}`}>
            {clusters.slice(0, shown).map((cluster) => (
              <li key={cluster.records.map(({ number }) => number).join('-')}>
                <Cluster
                  cluster={cluster}
                  pairs={found.result.pairs}
                  legacy={found.source.side === 'legacy'}
                  decided={decided.has(cluster)}
                />
              </li>
            ))}
          </ol>
          {clusters.length > shown && (
            <Button onPress={() => setShown(shown + shownAtOnce)}>
              Show {formatNumber(Math.min(shownAtOnce, clusters.length - shown))} more
            </Button>
          )}
        </>
      )}
    </section>
  )
}

interface ClusterProps {
  readonly cluster: LinkCluster
  readonly pairs: readonly LinkedPair[]
  /** Only records of the legacy side are accounted for, so only they can be joined here. */
  readonly legacy: boolean
  readonly decided: boolean
}

function Cluster({ cluster, pairs, legacy, decided }: ClusterProps) {
  const [open, setOpen] = useState(false)
  const [joining, setJoining] = useState(false)
  const show = useShown()
  const why = useRef<HTMLButtonElement>(null)
  const before = useRef(decided)
  // The button that asked for the decision goes with it: the one beside it has the focus then.
  useEffect(() => {
    if (decided && !before.current) why.current?.focus()
    before.current = decided
  }, [decided])
  const inside = new Set(cluster.records.map(({ number }) => number))
  const own = pairs.filter(({ a, b }) => inside.has(a.number) && inside.has(b.number))
  return (
    <>
      <div className="row">
        <Pill mark={cluster.proposal === 'propose' ? 'info' : 'warning'}>
          {cluster.proposal === 'propose' ? 'Probably one person' : 'Look first'}
        </Pill>
        <span>
          {cluster.records.map((place) => placeWords(place, show)).join(', ')}; weakest pair {formatPercent(cluster.weakest)}
        </span>
      </div>
      {cluster.cautions.map((caution) => (
        <p key={caution} className="muted">
          {cautionWords[caution]}
        </p>
      ))}
      <div className="row">
        <Button ref={why} look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? 'Hide why' : 'Why'}
        </Button>
        {decided ? (
          <span className="muted">joined by you</span>
        ) : (
          legacy && <Button onPress={() => setJoining(true)}>One person…</Button>
        )}
      </div>
      {open && own.map((pair) => <Why key={`${pair.a.number}-${pair.b.number}`} pair={pair} />)}
      {joining && <JoinDialog cluster={cluster} onClose={() => setJoining(false)} />}
    </>
  )
}

/** The weights from the prior to the total. */
function Why({ pair }: { readonly pair: LinkedPair }) {
  const show = useShown()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">One</th>
          <th scope="col">Other</th>
          <th scope="col" className="number">
            Bits
          </th>
        </tr>
      </thead>
      <tbody>
        {pair.why.map(({ comparison, words, weight, values }) => (
          <tr key={comparison}>
            <th scope="row">{words}</th>
            <td>{values?.[0] ? show(values[0]) : ''}</td>
            <td>{values?.[1] ? show(values[1]) : ''}</td>
            <td className="number">{`${weight >= 0 ? '+' : '−'}${Math.abs(weight).toFixed(1)}`}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">together {formatPercent(pair.probability)}</th>
          <td />
          <td />
          <td className="number">{`${pair.weight >= 0 ? '+' : '−'}${Math.abs(pair.weight).toFixed(1)}`}</td>
        </tr>
      </tbody>
    </table>
  )
}

function JoinDialog({ cluster, onClose }: { readonly cluster: LinkCluster; readonly onClose: () => void }) {
  const show = useShown()
  const [survivor, setSurvivor] = useState(String(cluster.records[0]?.number ?? ''))
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(workspace().person?.name ?? '')
  return (
    <Dialog title="These records are one person" open onClose={onClose}>
      <p>The other records are explained as merged into the one that survives; the reconciliation counts them so from then on.</p>
      <Select
        label="The record that survives"
        value={survivor}
        choices={cluster.records.map((place) => [String(place.number), placeWords(place, show)] as const)}
        onChange={setSurvivor}
      />
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus />
      <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={reason.trim() === '' || by.trim() === ''}
          onPress={() => {
            onClose()
            void joinCluster(cluster, Number(survivor), reason.trim(), by.trim())
          }}
        >
          Join them
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function placeWords({ id, line }: LinkPlace, show: (text: string) => string): string {
  return `line ${formatNumber(line)}${id === null ? '' : ` (${show(id)})`}`
}
