/** Files a clinic already has, as evidence for the board: what is there, what is wrong in it, and what it decides. */

import { Fragment, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import type { JudgedCriterion, ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { nameOf } from '../../../../core/readiness/board/report.ts'
import { unsignedKinds } from '../../../../core/readiness/board/this-week.ts'
import { criteria } from '../../../../core/readiness/criteria/index.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../../../core/readiness/input-files/files.ts'
import { isExample } from '../../../../core/readiness/kept-files/examples.ts'
import { openedInput } from '../../../../core/readiness/kept-files/opened.ts'
import { draftOf } from '../../../../core/readiness/kept-files/template-maps.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { type Origin, proves } from '../../../../core/readiness/model/origin-kind.ts'
import { Button } from '../../../components/button.tsx'
import cards from '../../../components/cards.module.css'
import { Field } from '../../../components/field.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { formatNumber } from '../../../components/format.ts'
import { PageHead } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { undoChange, useHistory } from '../../../session/history.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { addInputFile, inputsPlace, placeZone } from '../acts/input-files.ts'
import { BoardTabs } from '../board/board-tabs.tsx'
import { useBoard } from '../board/use-board.ts'
import { ColumnsDialog } from './columns-dialog.tsx'
import { ExampleFiles } from './example-files.tsx'
import { InputDetail, showDetail } from './input-detail.tsx'
import styles from './inputs.module.css'
import { SignAllPanel, useFileOrigin } from './sign-origin-panel.tsx'

export function InputsPage() {
  const project = useWorkspace((w) => w.project)
  return project ? <Inputs project={project} /> : null
}

function Inputs({ project }: { readonly project: Project }) {
  const [search] = useSearchParams()
  const asked = inputKindNames.find((kind) => kind === search.get('kind')) ?? null
  const line = Number(search.get('line') ?? 0) || null
  const board = useBoard(project)
  const order = useMemo(() => fileOrder(board), [board])
  return (
    <>
      <PageHead title="Files for the board" beside={<a href="#/readiness">Back to the board</a>} />
      <BoardTabs shown="files" />
      <p className="muted">
        Files the clinic already has: roster, tickets, tests. Numbers of persons and patients are replaced when a file is added;
        the original, with columns of your own, stays in <code>private/</code>.
      </p>
      <ExampleFiles />
      <Undo />
      {search.has('sign') && asked === null && <SignAllPanel kinds={unsignedKinds(board.unproven)} />}
      <section className={`scroll ${styles.scroll}`} aria-label="Files">
        <table className={`${cards.cards} ${styles.files}`}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Rows</th>
              <th scope="col">State</th>
              <th scope="col">This closes</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {order.map(({ kind, closes }) => (
              <InputRow key={kind} kind={kind} project={project} closes={closes} shown={kind === asked} />
            ))}
          </tbody>
        </table>
      </section>
      <ColumnsDialog />
      {asked && <InputDetail key={asked} kind={asked} line={line} project={project} />}
    </>
  )
}

const originWord: Readonly<Partial<Record<Origin['kind'], string>>> = {
  signed: 'signed',
  unverified: 'signed, not verified',
  typed: 'typed, not signed',
  added: 'not signed',
  dropped: 'beside the ledger',
}

/** Kinds by what they close: files that a blocker waits for first, worst blockers before others. */
function fileOrder(board: ReadinessBoard): readonly { readonly kind: InputKind; readonly closes: readonly JudgedCriterion[] }[] {
  const waits = (judged: JudgedCriterion, kind: InputKind): boolean => {
    if (!judged.criterion.needs.includes(kind)) return false
    if (judged.absent.includes(kind) || judged.state === 'failed' || judged.state === 'unknown') return true
    const own = judged.evidence.find((artifact) => artifact.kind === kind)
    return own !== undefined && (own.stale !== null || !proves(own.origin))
  }
  const shut = [...board.blockers, ...board.unproven]
  const place = (closes: readonly JudgedCriterion[]): number => Math.min(...closes.map((each) => shut.indexOf(each)), 999)
  return inputKindNames
    .map((kind) => ({ kind, closes: shut.filter((each) => waits(each, kind)) }))
    .toSorted((a, b) => place(a.closes) - place(b.closes) || b.closes.length - a.closes.length)
}

function Undo() {
  const said = useHistory(inputsPlace).undo.at(-1)?.said
  return said === undefined ? null : (
    <p>
      <Button onPress={() => void undoChange(inputsPlace)}>Undo</Button> <span className="muted">{said}</span>
    </p>
  )
}

function InputRow(props: {
  readonly kind: InputKind
  readonly project: Project
  /** Lines of the board that wait for this file. */
  readonly closes: readonly JudgedCriterion[]
  readonly shown: boolean
}) {
  const { kind, project, closes, shown } = props
  const origin = useFileOrigin(project, kind)
  const bytes = project.other.get(inputPath(kind))
  const opened = bytes && openedInput(kind, bytes)
  const table = opened?.table
  const example = isExample(project, kind)
  const needing = criteria.filter((criterion) => criterion.needs.includes(kind))
  return (
    <tr data-shown={shown || undefined}>
      <th scope="row">
        <a
          href={`#/readiness/inputs?kind=${kind}`}
          aria-current={shown ? 'true' : undefined}
          onClick={() => shown && showDetail()}
        >
          {inputFiles[kind].title}
        </a>
        <span className={`caption muted light ${styles.found}`}>{inputFiles[kind].found}</span>
      </th>
      <td data-label="Rows">{table ? formatNumber(table.rows.length) : null}</td>
      <td>
        {!table && <Pill mark="waiting">{draftOf(project, kind) === null ? 'not there' : 'draft of the template'}</Pill>}
        {table && table.missing.length > 0 && <Pill mark="error">column missing</Pill>}
        {table && table.missing.length === 0 && table.problems.length > 0 && (
          <Pill mark="warning">{counted(table.problems.length, 'problem')}</Pill>
        )}
        {table && table.problems.length === 0 && example && <Pill mark="waiting">example, no evidence</Pill>}
        {table && table.problems.length === 0 && !example && origin && (
          <Pill mark={origin.kind === 'signed' ? 'proven' : 'claimed'}>{originWord[origin.kind] ?? origin.kind}</Pill>
        )}
      </td>
      <td data-label="This closes">
        {closes.length > 0 ? (
          closes.map((each, index) => (
            <Fragment key={each.criterion.code}>
              {index > 0 && ', '}
              <a href={`#/readiness?criterion=${slugOf(each.criterion.code)}`}>{nameOf(each).toLowerCase()}</a>
            </Fragment>
          ))
        ) : (
          <span className="muted">nothing now; {counted(needing.length, 'line')} rest on it</span>
        )}
      </td>
      <td>
        <AddFile kind={kind} there={table !== undefined} />
      </td>
    </tr>
  )
}

function AddFile({ kind, there }: { readonly kind: InputKind; readonly there: boolean }) {
  const [zone, setZone] = useState(placeZone)
  const chooser = useRef<HTMLInputElement>(null)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const add = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const problem = await addInputFile(kind, file, true, null, zone.trim())
    setWorkspace({ problem: problem === null ? null : `${file.name}: ${problem}` })
    // Whoever went elsewhere while it was written is left there.
    if (problem !== null || !location.hash.startsWith('#/readiness/inputs')) return
    const hash = `#/readiness/inputs?kind=${kind}`
    if (location.hash === hash) showDetail()
    else location.hash = hash
  }
  return (
    <FileDrop className={styles.add} overClassName={styles.over} onFiles={([first]) => void add(first)}>
      <Button
        isDisabled={readOnly}
        aria-label={`${there ? 'Replace' : 'Add'} ${inputFiles[kind].title.toLowerCase()}`}
        onPress={() => chooser.current?.click()}
      >
        {there ? 'Replace…' : 'Add…'}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={`File: ${inputFiles[kind].title}`}
        accept={kind === 'tests' ? '.csv,.tsv,.txt,.xml' : '.csv,.tsv,.txt'}
        onChange={(event) => {
          void add(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {kind === 'tests' && <Field label="Zone of times without offset" value={zone} onChange={setZone} />}
    </FileDrop>
  )
}
