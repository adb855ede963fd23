/** The reading of one chart: sections, verdicts, comment, and the way to the next one. Nothing shows as recorded before it is kept. */

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DrawnRecord } from '../../../../core/review/draw/draw.ts'
import type { ChartSectionId } from '../../../../core/review/model/chart.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import type { Reason, Verdict } from '../../../../core/review/model/review-event.ts'
import { Note } from '../../../components/panel.tsx'
import { useActions } from '../../../frame/actions.ts'
import { useNamed } from '../../../frame/who-works.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { copyNumber, type NumberSide } from '../acts/copy-number.ts'
import { type OtherReading, type OwnReading, verdictWords } from '../acts/reading.ts'
import { noteOpened } from '../acts/review.ts'
import bars from './bars.module.css'
import chart from './chart.module.css'
import { AlarmLines, type Progress } from './chart-banner.tsx'
import { ChartBars } from './chart-bars.tsx'
import { focusAt, keepFocusIn, rowElement, scrollTop } from './chart-focus.ts'
import { ChartFoot } from './chart-foot.tsx'
import type { BlockView, RowView, SectionView } from './chart-rows.ts'
import { ChartSectionPart } from './chart-section.tsx'
import { dateOrderWords, heldWords, leftIn, missingWords, nextSection, readWords } from './chart-view.ts'
import { CriteriaDialog } from './criteria-dialog.tsx'
import { FirstBlock } from './first-block.tsx'
import { useLookSeconds } from './look.ts'
import { judgedTogether } from './shared-verdicts.ts'
import { type ChartKeeper, useChartActs } from './use-chart-acts.ts'
import { useChartKeys } from './use-chart-keys.ts'
import { firstItem, useChartView } from './use-chart-view.ts'
import { useDrafts } from './use-drafts.ts'
import { useSectionTime } from './use-section-time.ts'
import { useSeen } from './use-seen.ts'
import type { BlockActs, SaidByOther } from './verdict-cell.tsx'

export interface ChartFormProps {
  readonly record: DrawnRecord
  readonly pair: RecordPair
  readonly progress: Progress
  readonly own: OwnReading | null
  /** Notes of the program wait for the reader's word. */
  readonly blind: boolean
  /** Why they do not, in a sentence; null where they do. */
  readonly openNotes: string | null
  /** What two readers said, where this person decides between them; empty otherwise. */
  readonly others: readonly OtherReading[]
  /** Comments of this reader by entry. */
  readonly comments: ReadonlyMap<string, string>
  /** Own verdicts so far; null on prepared records. */
  readonly verdicts: number | null
  /** The entry that is wanted, from an address. */
  readonly wanted: string | null
  readonly keeper: ChartKeeper
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
}

const unsaid: readonly SaidByOther[] = []

export function ChartForm(props: ChartFormProps) {
  const {
    record,
    pair,
    progress,
    own,
    blind,
    openNotes,
    others,
    comments,
    verdicts,
    wanted,
    keeper,
    onNext,
    onPrevious,
    onOpen,
  } = props
  const root = useRef<HTMLElement>(null)
  const named = useNamed()
  const manifest = useWorkspace((w) => w.project?.manifest)
  const lookSeconds = useWorkspace((w) => w.project?.review.plan?.lookSeconds ?? 0)
  const names = useMemo(
    () => ({ legacy: manifest?.legacy || 'Legacy', target: manifest?.target || 'The new system' }),
    [manifest?.legacy, manifest?.target],
  )
  const { said, reader, view, reading, setChosen, setApart } = useChartView(pair, { own, others, blind })
  const [current, setCurrent] = useState<string | null>(() => wanted ?? firstItem(view))
  const [opened, setOpened] = useState<string | null>(null)
  const [sources, setSources] = useState<ReadonlySet<ChartSectionId>>(new Set())
  const [asked, setAsked] = useState(false)
  const [held, setHeld] = useState<string | null>(null)
  const [help, setHelp] = useState(false)
  const [copied, setCopied] = useState<string | null>(null)
  const onScreen = useSeen()
  const { seen, watch } = onScreen
  const seconds = useSectionTime(reading)
  const look = useLookSeconds(lookSeconds)
  const drafts = useDrafts(record.id)
  const acts = useChartActs({
    keeper,
    record: record.id,
    view,
    said,
    named,
    reader,
    seconds,
    seen,
    commentOn: (item) => drafts.text(item) ?? comments.get(item) ?? '',
    onKept: drafts.forget,
    onNext,
    onOpen,
  })
  const byItem = useMemo(() => new Map(view.rows.map((row) => [row.item, row])), [view.rows])
  const row = (current !== null && byItem.get(current)) || view.first || view.rows[0] || null
  const dateOrders = useMemo(() => dateOrderWords(pair.chart, names), [pair.chart, names])
  const firstOpen = view.first !== null && !said.has(view.first.item)
  const missing = missingWords(view, said)
  const readingSection = view.sections.find(({ id }) => id === reading) ?? null
  const seenIn = (section: SectionView): number => section.rows.filter(({ item }) => seen.has(item)).length
  const canConfirm =
    readingSection !== null &&
    !firstOpen &&
    readingSection.waiting.length === 0 &&
    seenIn(readingSection) === readingSection.rows.length

  const left = readingSection !== null && !firstOpen ? leftIn(readingSection, seen) : null

  useEffect(() => {
    if (named) noteOpened(record.id)
  }, [record.id, named])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another record or reader moves the focus
  useEffect(() => {
    // The next record opens at its top, and an entry that was asked for where it stands.
    const target = wanted === null ? null : rowElement(root.current, wanted)
    if (target) focusAt(target)
    else {
      scrollTop(root.current)
      if (named) (rowElement(root.current, firstItem(view)) ?? root.current)?.focus({ preventScroll: true })
    }
  }, [record.id, named])

  const show = useCallback(
    (id: ChartSectionId, item: string | null): void => {
      setChosen(id)
      const part = document.getElementById(`chart-${id}`)
      part?.scrollIntoView({ block: 'start' })
      const target = item === null ? null : rowElement(part, item)
      if (target) focusAt(target)
      else (part?.querySelector<HTMLElement>('article') ?? part)?.focus({ preventScroll: true })
    },
    [setChosen],
  )

  const confirm = async (section: SectionView): Promise<void> => {
    setOpened(null)
    if (!(await acts.confirm(section))) return
    const next = nextSection(view, section.id)
    if (next && next.id !== section.id) show(next.id, next.waiting[0]?.item ?? null)
    else root.current?.querySelector<HTMLElement>('[aria-keyshortcuts="N"]')?.focus()
  }

  const goTo = (to: RowView | null): boolean => {
    if (!to) return false
    setCurrent(to.item)
    const target = rowElement(root.current, to.item)
    if (target) focusAt(target)
    return true
  }

  const judge = (item: string, verdict: Verdict): void => {
    const about = byItem.get(item)
    if (!about) return
    setCurrent(item)
    setOpened(null)
    setAsked(false)
    acts.say(about, verdict)
    keepFocusIn(root.current, item)
  }

  const reason = (item: string, why: Reason): void => {
    const about = byItem.get(item)
    if (!about) return
    acts.giveReason(about, why)
    keepFocusIn(root.current, item)
  }

  const next = (): void => {
    if (missing !== null || acts.asking.size > 0) setAsked(true)
    else void acts.close()
  }
  const [askingItem] = acts.asking.keys()
  const goMissing = (): void => {
    setAsked(false)
    const open = nextSection(view, null)
    if (firstOpen) goTo(view.first)
    else if (askingItem !== undefined) goTo(byItem.get(askingItem) ?? null)
    else if (open) show(open.id, open.waiting[0]?.item ?? null)
  }
  const openRow = (item: string): void => {
    setCurrent(item)
    setOpened(item)
    // The verdicts take the place of the button that was pressed.
    requestAnimationFrame(() => rowElement(root.current, item)?.querySelector<HTMLElement>('fieldset button')?.focus())
  }
  const toggleSources = (id: ChartSectionId | null): void => {
    if (id === null) return
    const now = new Set(sources)
    if (!now.delete(id)) now.add(id)
    setSources(now)
  }

  const judgeApart = (cause: string, item: string): void => {
    setApart((before) => new Set(before).add(cause))
    keepFocusIn(root.current, item)
  }

  const acting = {
    judge,
    judgeApart,
    reason,
    openRow,
    next,
    goMissing,
    confirm,
    toggleSources,
    acts,
    onPrevious,
    readingSection,
    goToLeft: () => goTo(byItem.get(left?.item ?? '') ?? null),
    pair,
  }
  const latest = useRef(acting)
  latest.current = acting
  // What a verdict does not change is not drawn again: parts keep the handlers they were given first, which do what the latest would.
  const to = useMemo(
    () => ({
      block: {
        onOpen: (item: string) => latest.current.openRow(item),
        onVerdict: (item: string, verdict: Verdict) => latest.current.judge(item, verdict),
        onReason: (item: string, why: Reason) => latest.current.reason(item, why),
        onStop: (item: string) => latest.current.acts.stopAsking(item),
        onApart: (cause: string, item: string) => latest.current.judgeApart(cause, item),
      },
      confirm: (section: SectionView) => void latest.current.confirm(section),
      confirmReading: () => {
        const { readingSection: section } = latest.current
        if (section) void latest.current.confirm(section)
      },
      left: () => void latest.current.goToLeft(),
      reopen: (section: SectionView) => latest.current.acts.reopen(section),
      sources: (section: SectionView) => latest.current.toggleSources(section.id),
      show: (section: SectionView) => show(section.id, null),
      copy: (side: NumberSide) => void copyNumber(record.id, latest.current.pair, side).then(setCopied),
      next: () => latest.current.next(),
      missing: () => latest.current.goMissing(),
      leaveForLater: () => void latest.current.acts.leaveForLater(),
      clear: () => latest.current.acts.clear(),
      stay: () => {
        setAsked(false)
        root.current?.querySelector<HTMLElement>('[aria-keyshortcuts="N"]')?.focus()
      },
      previous: () => latest.current.onPrevious(),
    }),
    [record.id, show],
  )

  useChartKeys(root, {
    row,
    first: firstOpen ? view.first : null,
    section: readingSection,
    isSeen: readingSection !== null && seenIn(readingSection) === readingSection.rows.length,
    canConfirm,
    seen: onScreen,
    acts,
    goTo,
    onHeld: setHeld,
    confirm: (section) => void confirm(section),
    judge,
    reason,
    judgeApart,
    openRow,
    closeRow: () => setOpened(null),
    sources: () => toggleSources(row?.section ?? null),
    next,
    previous: onPrevious,
    help: () => setHelp(true),
  })
  useActions(
    useMemo(
      () => [
        { id: 'review-criteria', label: 'What counts as harmful, and keys of the review', keys: '?', run: () => setHelp(true) },
        { id: 'review-later', label: 'Leave this record for later', keys: 'S', run: () => to.leaveForLater() },
      ],
      [to],
    ),
  )

  const onFocus = useCallback((item: string) => setCurrent(item), [])
  // A section whose row is taken up becomes the one being read.
  const currentSection = row?.section ?? null
  useEffect(() => {
    if (currentSection !== null) setChosen(currentSection)
  }, [currentSection, setChosen])

  const actsOf = (block: BlockView): BlockActs => {
    const [first] = block.rows
    const item = first?.item ?? ''
    return {
      open: opened !== null && block.rows.some((each) => each.item === opened),
      asking: acts.asking.get(item) ?? null,
      busy: block.rows.some((each) => acts.isWriting(each.item)),
      comment: comments.get(item) ?? null,
      others:
        others.length === 0
          ? unsaid
          : others.map(({ label, differences }) => ({ label, verdict: differences.get(item)?.verdict ?? null })),
      together: first ? judgedTogether(view, first, acts.asking.get(item) ?? 'harmful', said, reader).length : 1,
    }
  }

  const state =
    own?.state === 'read'
      ? 'read by you'
      : own?.state === 'elsewhere'
        ? 'read by another reader'
        : own?.state === 'skipped'
          ? 'left for later'
          : null
  const firstBlock: BlockView | null = view.first && {
    rows: [view.first],
    said: said.get(view.first.item) ?? null,
    traces: 1,
    told: true,
  }
  return (
    <section
      ref={root}
      className={chart.form}
      data-bleed
      data-reading={named || undefined}
      tabIndex={-1}
      aria-label={`Record ${progress.at} of ${progress.of}`}
    >
      <ChartBars
        pair={pair}
        names={names}
        progress={progress}
        state={state}
        onCopy={to.copy}
        copied={copied}
        sections={view.sections}
        onShow={to.show}
        blind={blind}
      />
      <div className={`scroll ${chart.record}`} data-record>
        <div className={bars.recordAlarms}>
          <AlarmLines alarms={pair.chart.alarms} />
        </div>
        {dateOrders.map((words) => (
          <p key={words} className="caption muted line-start">
            {words}
          </p>
        ))}
        {openNotes !== null && <p className="caption muted line-start">{openNotes}</p>}
        {others.length > 0 && (
          <Note mark="info">
            Two readers differ on this record:{' '}
            {others.map(({ label, verdict }) => `${label} ${verdictWords[verdict].toLowerCase()}`).join(', ')}. Your verdict
            decides.
          </Note>
        )}
        {firstBlock && view.first && (
          <FirstBlock
            block={firstBlock}
            row={view.first}
            names={names}
            acts={actsOf(firstBlock)}
            on={to.block}
            onFocus={onFocus}
          />
        )}
        {firstOpen ? (
          <p className="muted">The chart is shown when this has a verdict.</p>
        ) : (
          view.sections.map((section) => (
            <ChartSectionPart
              key={section.id}
              section={section}
              seen={seenIn(section)}
              names={names}
              current={row?.item ?? null}
              actsOf={actsOf}
              on={to.block}
              sources={sources.has(section.id)}
              onFocus={onFocus}
              watch={watch}
              mayConfirm={named}
              onConfirm={to.confirm}
              onReopen={to.reopen}
              onSources={to.sources}
            />
          ))
        )}
      </div>
      <ChartFoot
        named={named}
        problem={acts.problem}
        verdicts={verdicts}
        about={row?.title ?? 'this record'}
        comment={row ? (drafts.text(row.item) ?? comments.get(row.item) ?? '') : ''}
        draft={row ? drafts.keptAt(row.item) : null}
        onComment={(text) => row && drafts.write(row.item, text)}
        onCommentDone={() => {
          const verdict = row && said.get(row.item)
          if (row && verdict && drafts.text(row.item) !== null) acts.again(row, verdict)
          if (row) keepFocusIn(root.current, row.item)
        }}
        held={heldWords(held === null || said.has(held) || acts.asking.size > 0 ? null : (byItem.get(held) ?? null))}
        progress={readWords(view)}
        confirm={canConfirm ? readingSection.label : null}
        onConfirm={to.confirmReading}
        left={left?.words ?? null}
        onLeft={to.left}
        busy={acts.busy}
        wait={look.left}
        ready={missing === null && acts.asking.size === 0}
        missing={asked ? (missing ?? 'A verdict waits for its reason.') : null}
        onProblemRead={to.clear}
        onMissing={to.missing}
        onSkip={to.leaveForLater}
        onStay={to.stay}
        onPrevious={to.previous}
        onNext={to.next}
      />
      <CriteriaDialog open={help} onClose={() => setHelp(false)} />
    </section>
  )
}
