/** Mapping: which legacy field becomes which target field, by which rule, who decided it, and what is left behind. */
import { useMemo, useState } from 'react'
import { useSearch } from 'wouter'
import type { MappingEdit } from '../../../../core/data/crosswalk/edit.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Note, PageHead } from '../../../components/panel.tsx'
import { useActions } from '../../../frame/actions.ts'
import { setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'
import { navigate } from '../../../window/hash-location.ts'
import { useKeys } from '../../../window/keys.ts'
import { changeMapping, redoMapping, undoMapping, useMapping, useMappingHistory } from '../acts/mapping.ts'
import {
  coverageOf,
  decideMany,
  decidingEdit,
  filledCells,
  filterEntries,
  leavesBehind,
  type MappingEntry,
  type MappingTab,
  mappingEntries,
  mappingTabs,
  proposesToLeave,
} from '../acts/mapping-entries.ts'
import { suggestLines } from '../acts/mapping-help.ts'
import { NextStepBar } from '../progress/next-step-bar.tsx'
import { RunningPanel } from '../progress/running-panel.tsx'
import { CoverageBar } from './coverage-bar.tsx'
import { LeaveBehindDialog } from './leave-behind-dialog.tsx'
import { MappingEmpty } from './mapping-empty.tsx'
import { MappingMenus } from './mapping-menus.tsx'
import { DriftNotes, MappingFindings } from './mapping-notes.tsx'
import { MappingPanes, waitingWords } from './mapping-panes.tsx'
import { MappingTabs } from './mapping-tabs.tsx'
import { NameDialog } from './name-dialog.tsx'
import { NotCarriedDialog } from './not-carried-dialog.tsx'
import { SuggestedBar } from './suggested-bar.tsx'
import { ValueMapDialog } from './value-map-dialog.tsx'

type Asking =
  | { readonly kind: 'name'; readonly entries: readonly MappingEntry[] }
  | { readonly kind: 'not-carried'; readonly entry: MappingEntry }
  | { readonly kind: 'leave'; readonly entries: readonly MappingEntry[] }
  | { readonly kind: 'values'; readonly name: string }

export function MappingPage() {
  const open = useMapping()
  const validation = useWorkspace((w) => w.run?.validation ?? null)
  const filled = useMemo(() => filledCells(validation), [validation])
  const mapping = open?.mapping ?? null
  const entries = useMemo(() => (mapping ? mappingEntries(mapping, filled) : []), [mapping, filled])
  const search = new URLSearchParams(useSearch())
  const tab = mappingTabs.find((each) => each === search.get('tab')) ?? firstTab(entries)
  const [text, setText] = useState('')
  const shown = useMemo(() => filterEntries(entries, tab, text), [entries, tab, text])
  const [column, setColumn] = useState<string | null>(null)
  // A line is part of the address; a column that has none yet has no number, and its name is not for the address.
  const chosen = search.get('line') ?? column
  const [asking, setAsking] = useState<Asking | null>(null)
  const { canUndo, canRedo } = useMappingHistory()
  const selected = shown.find(({ key }) => key === chosen) ?? null
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const running = useWorkspace((w) => w.running !== null)

  const select = (key: string | null, to: MappingTab = tab): void => {
    setColumn(key)
    navigate(`/data/mapping?tab=${to}${key !== null && /^\d+$/.test(key) ? `&line=${key}` : ''}`, { replace: to === tab })
  }
  /** Makes an edit of an entry's line; a column without one gets it in the same step. */
  const edit = (entry: MappingEntry, of: (at: number) => MappingEdit): boolean => {
    if (entry.at !== null) return changeMapping(of(entry.at))
    const at = mapping?.fields.length ?? 0
    return changeMapping({ kind: 'together', edits: [{ kind: 'add-line', line: entry.line }, of(at)] })
  }
  const neighbour = (entry: MappingEntry): string | null => {
    const at = shown.indexOf(entry)
    return (shown[at + 1] ?? shown[at - 1])?.key ?? null
  }
  const decided = (entry: MappingEntry, to: MappingTab): void => {
    // The line leaves this tab: its neighbour is next, so that a whole list can be decided without a mouse.
    if (to !== tab) select(neighbour(entry))
  }
  const confirm = (entry: MappingEntry | null): void => {
    if (entry && entry.tab !== 'confirmed') confirmMany([entry])
  }
  const confirmMany = (many: readonly MappingEntry[]): void => {
    if (many.every((entry) => decidingEdit({ ...entry, at: entry.at ?? 0 }, 'somebody') === null)) {
      setWorkspace({ problem: 'This line has no target or no rule yet, so there is nothing to confirm.' })
      return
    }
    const by = workspace().person?.name ?? ''
    if (by === '') setAsking({ kind: 'name', entries: many })
    else confirmAs(many, by)
  }
  const confirmAs = (many: readonly MappingEntry[], by: string): void => {
    const [only] = many
    if (only && many.length === 1) {
      const left = proposesToLeave(only.line)
      if (edit(only, (at) => decidingEdit({ ...only, at }, by) ?? { kind: 'confirm-line', at, by }))
        decided(only, left ? 'not-carried' : 'confirmed')
      return
    }
    if (!mapping) return
    const { edits, refused } = decideMany(mapping, many, by)
    if (edits.length > 0 && !changeMapping({ kind: 'together', edits })) return
    select(null)
    // A filter leaves rows behind, though it is confirmed like a line that carries.
    const isLeft = (at: number): boolean => {
      const line = mapping.fields[at]
      return line !== undefined && leavesBehind(line)
    }
    const left = edits.filter((one) => 'at' in one && one.at !== undefined && isLeft(one.at)).length
    setWorkspace({
      done: decidedWords(edits.length - left, left),
      problem: refused.length === 0 ? null : refusedWords(refused),
    })
    // The line that had the focus went to another tab.
    document.getElementById(`tab-${tab}`)?.focus()
  }
  const confirmTable = (): void => {
    const source = selected?.line.source
    if (tab !== 'suggested' || source === undefined) return
    const own = shown.filter(({ line }) => line.source === source)
    const carrying = own.filter(({ line }) => !leavesBehind(line))
    if (carrying.length > 0) confirmMany(carrying)
    else setAsking({ kind: 'leave', entries: own })
  }
  const clear = (entry: MappingEntry | null): void => {
    if (!entry || entry.at === null) return
    const { line, at } = entry
    const back =
      entry.tab === 'suggested' || entry.tab === 'unmapped'
        ? changeMapping({ kind: 'change-line', at, rule: '', params: new Map(), target: '' })
        : changeMapping({ kind: 'reopen-line', at })
    if (back) decided(entry, entry.tab === 'suggested' || line.target === '' ? 'unmapped' : 'suggested')
  }
  const next = (): void => {
    const open = entries.filter((entry) => entry.tab === 'unmapped')
    const after = tab === 'unmapped' && selected ? open.indexOf(selected) + 1 : 0
    const entry = open[after % Math.max(1, open.length)]
    if (entry) {
      setText('')
      select(entry.key, 'unmapped')
    } else {
      const waiting = entries.filter((entry) => entry.tab === 'suggested').length
      setWorkspace({
        done: waiting === 0 ? 'Every legacy field has a decision.' : `No field is unmapped. ${waitingWords(waiting)}`,
      })
    }
  }
  const propose = async (): Promise<void> => {
    const proposed = await suggestLines()
    // Proposals wait in another tab; whoever went elsewhere meanwhile is left there.
    if (proposed === 0 || !location.hash.startsWith('#/data/mapping')) return
    select(null, 'suggested')
    // The button that had the focus belongs to the tab that was left.
    document.getElementById('tab-suggested')?.focus()
  }
  const values = (entry: MappingEntry | null): void => {
    const name = entry?.line.rule === 'value-map' ? entry.line.params.get('map') : undefined
    if (name === undefined) setWorkspace({ done: 'Only lines with the rule “value map” have a value map.' })
    else setAsking({ kind: 'values', name })
  }
  useKeys('page', { 'Ctrl+Z': undoMapping, 'Ctrl+Shift+Z': redoMapping, 'Ctrl+Y': redoMapping })
  useActions(
    useMemo(
      () => [
        { id: 'mapping-undo', label: 'Undo the last change of the mapping', keys: 'Ctrl Z', run: undoMapping },
        { id: 'mapping-redo', label: 'Redo the last change of the mapping', keys: 'Ctrl Shift Z', run: redoMapping },
        ...mappingTabs.map((to) => ({
          id: `mapping-${to}`,
          label: `Mapping: ${to.replace('-', ' ')} lines`,
          run: () => navigate(`/data/mapping?tab=${to}`),
        })),
      ],
      [],
    ),
  )
  if (!open || !mapping) return null
  return (
    <>
      <PageHead title="Mapping">
        <MappingMenus open={open} />
        {tab === 'unmapped' && shown.length > 0 && (
          <Button isDisabled={readOnly || running} onPress={() => void propose()}>
            Propose targets
          </Button>
        )}
        <Button isDisabled={!canUndo} onPress={undoMapping}>
          Undo
        </Button>
        <Button isDisabled={!canRedo} onPress={redoMapping}>
          Redo
        </Button>
        {entries.length > 0 && (
          <Button look="primary" isDisabled={readOnly} onPress={next}>
            Next unmapped
          </Button>
        )}
      </PageHead>
      {entries.length > 0 && <NextStepBar />}
      <RunningPanel />
      {open.problems.map(({ file, line, words }) => (
        <Note key={`${file}${line}${words}`} mark="error">
          {file}
          {line !== null && `, line ${line}`}: {words} Correct the file and import it again; until then nothing is changed here.
        </Note>
      ))}
      {entries.length === 0 && open.problems.length === 0 ? (
        <MappingEmpty />
      ) : (
        <>
          <DriftNotes mapping={mapping} filled={filled} />
          <CoverageBar share={coverageOf(mapping, filled)} />
          <MappingTabs entries={entries} tab={tab} onTab={(to) => select(null, to)} text={text} onText={setText} />
          {tab === 'suggested' && shown.length > 0 && (
            <SuggestedBar
              entries={shown}
              onConfirm={confirmMany}
              onLeave={(many) => setAsking({ kind: 'leave', entries: many })}
            />
          )}
          <MappingPanes
            mapping={mapping}
            shown={shown}
            tab={tab}
            waiting={entries.filter((entry) => entry.tab === 'suggested').length}
            filtered={text.trim() !== ''}
            selected={selected}
            filled={filled}
            onSelect={select}
            onConfirm={() => confirm(selected)}
            onClear={() => clear(selected)}
            onNext={next}
            onConfirmTable={confirmTable}
            onNotCarried={() => selected && setAsking({ kind: 'not-carried', entry: selected })}
            onValueMap={() => values(selected)}
            onChange={(entry, change) => {
              const added = mapping.fields.length
              if (!edit(entry, (at) => ({ kind: 'change-line', at, ...change }))) return
              const target = change.target ?? entry.line.target
              const to = target === '' ? 'unmapped' : 'suggested'
              if (to !== tab || entry.at === null) select(String((entry.at ?? added) + 1), to)
            }}
          />
          <MappingFindings mapping={mapping} onOpen={(line) => select(String(line + 1), mapping.fields[line]?.status ?? tab)} />
        </>
      )}
      {asking?.kind === 'name' && (
        <NameDialog
          title={
            asking.entries.length === 1
              ? 'Who confirms this line?'
              : `Who confirms these ${formatNumber(asking.entries.length)} lines?`
          }
          onNamed={(by) => confirmAs(asking.entries, by)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'not-carried' && (
        <NotCarriedDialog
          entry={asking.entry}
          onClose={() => setAsking(null)}
          onDecide={(reason, by) => {
            if (edit(asking.entry, (at) => ({ kind: 'not-carried', at, reason, by }))) decided(asking.entry, 'not-carried')
          }}
        />
      )}
      {asking?.kind === 'leave' && (
        <LeaveBehindDialog
          entries={asking.entries}
          onDecide={(by) => confirmAs(asking.entries, by)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'values' && (
        <ValueMapDialog
          map={mapping.values.get(asking.name) ?? { name: asking.name, lines: new Map() }}
          onSave={(value) => changeMapping({ kind: 'set-map', map: asking.name, value })}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

function decidedWords(confirmed: number, left: number): string {
  const parts = [
    ...(confirmed > 0 ? [`${formatCount(confirmed, 'line is', 'lines are')} confirmed`] : []),
    ...(left > 0
      ? [`${formatCount(left, 'line', 'lines')} left behind with ${left === 1 ? 'its reason' : 'their reasons'}`]
      : []),
  ]
  return `${parts.join(', ') || 'Nothing was decided'}. One Undo takes all of it back.`
}

function refusedWords(refused: ReturnType<typeof decideMany>['refused']): string {
  const [first] = refused
  const one = refused.length === 1
  return `${one ? 'One line stays' : `${formatNumber(refused.length)} lines stay`} undecided. ${first?.name}: ${first?.why}`
}

/** The first tab that has something to do. */
function firstTab(entries: readonly MappingEntry[]): MappingTab {
  return mappingTabs.find((tab) => tab !== 'not-carried' && entries.some((entry) => entry.tab === tab)) ?? 'unmapped'
}
