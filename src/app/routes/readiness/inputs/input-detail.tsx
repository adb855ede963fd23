/** One file for the board: its columns, what is wrong in it, its rows, and editing by hand. */
import { useEffect, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { criteria } from '../../../../core/readiness/criteria/index.ts'
import { agreedKinds } from '../../../../core/readiness/evidence/agreements.ts'
import { recordsIn } from '../../../../core/readiness/input-files/csv-records.ts'
import { type InputKind, inputFiles, inputPath } from '../../../../core/readiness/input-files/files.ts'
import type { InputFile } from '../../../../core/readiness/input-files/input-file.ts'
import { tableSchemaOf } from '../../../../core/readiness/input-files/table-schema.ts'
import { editableText } from '../../../../core/readiness/kept-files/keep-input.ts'
import { openedInput } from '../../../../core/readiness/kept-files/opened.ts'
import { draftOf } from '../../../../core/readiness/kept-files/template-maps.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { removeInputFile } from '../acts/input-files.ts'
import { AgreementPanel } from './agreement-panel.tsx'
import { InputEditor } from './input-editor.tsx'
import styles from './inputs.module.css'
import { SignOriginPanel } from './sign-origin-panel.tsx'
import { TypedPanel } from './typed-panel.tsx'

const detailId = 'input-detail'

/** The detail stands below a long list: whoever opened a file is taken there, by keyboard as well. */
export function showDetail(): void {
  const detail = document.getElementById(detailId)
  detail?.scrollIntoView({ block: 'start' })
  detail?.focus({ preventScroll: true })
}

/** Rows and problems listed at once; the others are counted. */
const shown = 100

export function InputDetail({
  kind,
  line,
  project,
}: {
  readonly kind: InputKind
  readonly line: number | null
  readonly project: Project
}) {
  const file: InputFile = inputFiles[kind]
  const bytes = project.other.get(inputPath(kind))
  const text = bytes ? new TextDecoder().decode(bytes) : null
  const [editing, setEditing] = useState(false)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  // Who was sent to agree is taken to the agreement itself.
  useEffect(() => {
    if (!location.hash.includes('agree')) showDetail()
  }, [])
  const table = bytes && openedInput(kind, bytes).table
  const draft = draftOf(project, kind)
  const agreedKind = agreedKinds.find((each) => each === kind)
  const needing = criteria.filter((criterion) => criterion.needs.includes(kind))
  return (
    <section id={detailId} tabIndex={-1} className="card above-wide" aria-label={file.title}>
      <h2>{file.title}</h2>
      <div className="row-end around">
        {!readOnly && !editing && (
          <Button onPress={() => setEditing(true)}>
            {text !== null ? 'Edit' : draft !== null ? 'Begin with the draft' : 'Write it here'}
          </Button>
        )}
        <Button look="quiet" onPress={() => download(`${kind}.csv`, `${Object.keys(file.columns).join(',')}\n`, 'text/csv')}>
          Template
        </Button>
        <Button
          look="quiet"
          onPress={() => download(`${kind}.schema.json`, `${JSON.stringify(tableSchemaOf(file), null, 2)}\n`, 'application/json')}
        >
          Table Schema
        </Button>
        {text !== null && !readOnly && !editing && (
          <Button look="quiet" onPress={() => void removeInputFile(kind)}>
            Remove
          </Button>
        )}
      </div>
      {needing.length > 0 && (
        <p className="muted">
          Needed by:{' '}
          {needing.map(({ code }, index) => (
            <span key={code}>
              {index > 0 && ', '}
              <a href={`#/readiness?criterion=${code.slice(10)}`}>{code.slice(10).replaceAll('-', ' ')}</a>
            </span>
          ))}
        </p>
      )}
      {editing && (
        <InputEditor kind={kind} text={editableText(project, kind) ?? draft ?? ''} line={line} onDone={() => setEditing(false)} />
      )}
      {!editing && draft !== null && (
        <Note mark="info">
          The template brought a draft with {counted(recordsIn(draft).records.length, 'row')}: an example to change. Nothing reads
          it before somebody saves it under their name.
        </Note>
      )}
      {!editing && table && table.problems.length > 0 && (
        <Note mark={table.missing.length > 0 ? 'error' : 'warning'}>
          <ul className={`scroll bullets ${styles.problems}`}>
            {table.problems.slice(0, shown).map((problem) => (
              <li key={`${problem.line} ${problem.column} ${problem.sentence}`}>{problem.sentence}</li>
            ))}
          </ul>
        </Note>
      )}
      {!editing && table && table.readAs.length > 0 && (
        <Note mark="info">
          <ul className={`scroll bullets ${styles.problems}`} aria-label="How cells were read">
            {table.readAs.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Note>
      )}
      {text !== null && !editing && <SignOriginPanel kind={kind} project={project} />}
      {text !== null && !editing && <TypedPanel kind={kind} project={project} />}
      {agreedKind !== undefined && text !== null && !editing && <AgreementPanel kind={agreedKind} project={project} />}
      {!editing && (text === null ? <Columns file={file} /> : <Rows text={text} line={line} />)}
    </section>
  )
}

function Columns({ file }: { readonly file: InputFile }) {
  return (
    <dl className={styles.columns}>
      {Object.entries(file.columns).map(([name, column]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            {column.required && <strong> needed</strong>}
          </dt>
          <dd>
            {column.says}
            {column.choices && <span className="muted">: {column.choices.join(', ')}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The file as it is kept; it is written by us, so cells hold commas only in quotes. */
function Rows({ text, line }: { readonly text: string; readonly line: number | null }) {
  const lines = text.trimEnd().split('\n')
  const first = line === null ? 1 : Math.max(1, Math.min(line - 1, lines.length - 1) - 5)
  const part = lines.slice(first, first + shown).map((content, index) => ({ n: first + index + 1, content }))
  return (
    <section aria-label="Rows">
      <pre className={styles.rows}>
        <b>{lines[0]}</b>
        {part.map(({ n, content }) => (
          <span key={n} data-asked={line === n || undefined}>
            {`\n${content}`}
          </span>
        ))}
        {lines.length > first + part.length && `\n… ${lines.length - first - part.length} more`}
      </pre>
    </section>
  )
}
