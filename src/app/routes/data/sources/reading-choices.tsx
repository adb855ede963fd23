/** Every choice of how a table is read: what was chosen, what speaks for it, and what else it could be. */

import type { Within } from '../../../../core/data/model/events.ts'
import type { ReadingChoices } from '../../../../core/data/model/source.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import styles from '../data.module.css'
import { LayoutEditor } from './layout-editor.tsx'
import { NullChoices } from './null-choices.tsx'
import {
  dateEvidence,
  decimalEvidence,
  delimiterWord,
  encodings,
  encodingWord,
  quoteWord,
  type TablePreview,
} from './reading-words.ts'

export interface ReadingChoicesProps {
  readonly reading: ReadingChoices
  readonly preview: TablePreview
  readonly onChange: (reading: ReadingChoices) => void
}

const asDetected = ''

const insideWords: Readonly<Record<Within['kind'], string>> = {
  gzip: 'Inside',
  zip: 'Inside',
  xlsx: 'Sheet',
  sql: 'Table of the dump',
  parquet: 'Inside',
}

export function ReadingForm({ reading, preview, onChange }: ReadingChoicesProps) {
  const { structure, sampled } = preview
  const { encoding, dialect } = structure
  /** Sets one choice, or leaves it to detection again. */
  const set = <Name extends keyof ReadingChoices>(name: Name, value: ReadingChoices[Name] | undefined): void => {
    const { [name]: _, ...others } = reading
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  const order = dateEvidence(preview)
  const decimal = decimalEvidence(preview, reading)
  return (
    <>
      <table className={styles.choices}>
        <thead>
          <tr>
            <th scope="col">Read as</th>
            <th scope="col">What speaks for it</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <Select
                label="Encoding"
                value={reading.encoding ?? asDetected}
                choices={withDetected(
                  encodingWord(encoding.value),
                  encoding.chosen,
                  ranked(
                    encodings,
                    encoding.alternatives.map(({ value }) => value),
                  ),
                )}
                onChange={(value) => set('encoding', value === asDetected ? undefined : value)}
              />
            </td>
            <Evidence guess={encoding} words={encodingWord} />
          </tr>
          {structure.layout === null && (
            <>
              <tr>
                <td>
                  <Select
                    label="Delimiter"
                    value={reading.delimiter ?? asDetected}
                    choices={withDetected(
                      delimiterWord(dialect.value.delimiter),
                      reading.delimiter !== undefined,
                      delimiterChoices(reading.delimiter),
                    )}
                    onChange={(value) => set('delimiter', value === asDetected ? undefined : value)}
                  />
                </td>
                <Evidence guess={dialect} words={({ delimiter, quote }) => `${delimiterWord(delimiter)}, ${quoteWord(quote)}`} />
              </tr>
              <tr>
                <td>
                  <Select
                    label="Quote"
                    value={reading.quote === undefined ? asDetected : reading.quote === '' ? 'none' : reading.quote}
                    choices={withDetected(quoteWord(dialect.value.quote), reading.quote !== undefined, [
                      ['"', 'double quote'],
                      ["'", 'single quote'],
                      ['none', 'no quote'],
                    ])}
                    onChange={(value) => set('quote', value === asDetected ? undefined : value === 'none' ? '' : value)}
                  />
                </td>
                <td>
                  {dialect.value.quote === ''
                    ? 'No cell is quoted.'
                    : dialect.value.escape === dialect.value.quote
                      ? 'A quote inside a cell is doubled.'
                      : `A quote inside a cell follows ${dialect.value.escape}.`}
                </td>
              </tr>
            </>
          )}
          <tr>
            <td>
              <Select
                label="Header rows"
                value={reading.headerRows === undefined ? asDetected : String(reading.headerRows)}
                choices={withDetected(String(structure.headerRows), reading.headerRows !== undefined, [
                  ['0', 'none'],
                  ...['1', '2', '3', '4'].map((n) => [n, n] as const),
                ])}
                onChange={(value) => set('headerRows', value === asDetected ? undefined : Number(value))}
              />
            </td>
            <Evidence guess={structure.headerChoice} words={rowsWord} />
          </tr>
          <tr>
            <td>
              <Select
                label="Lines before the table"
                value={reading.skipRows === undefined ? asDetected : String(reading.skipRows)}
                choices={withDetected(String(structure.skipRows), reading.skipRows !== undefined, [
                  ...Array.from({ length: 21 }, (_, n) => [String(n), String(n)] as const),
                ])}
                onChange={(value) => set('skipRows', value === asDetected ? undefined : Number(value))}
              />
            </td>
            <td>
              {structure.skipChoice.evidence}
              {structure.skipped.length > 0 && (
                <div className="muted">
                  {structure.skipped
                    .slice(0, 6)
                    .map((line) => `line ${formatNumber(line.line)} (${line.why})`)
                    .join(', ')}{' '}
                  {structure.skipped.length === 1 ? 'is no record' : 'are no records'}
                </div>
              )}
              {structure.skipped.length === 0 && structure.skipChoice.evidence === '' && 'The table begins with the first line.'}
            </td>
          </tr>
          <tr>
            <td>
              <Select
                label="Order of dates"
                value={reading.dateOrder ?? asDetected}
                choices={[
                  [asDetected, order.proven === null ? 'As each column shows' : `As detected: ${order.proven}`],
                  ['day-first', 'day first'],
                  ['month-first', 'month first'],
                  ['year-first', 'year first'],
                ]}
                onChange={(value) => set('dateOrder', value === asDetected ? undefined : value)}
              />
            </td>
            <td>
              {order.lines.length === 0 ? (
                <span className="muted">No slash-like dates in the first {formatCount(sampled, 'record')}.</span>
              ) : (
                order.lines.map((line) => <div key={line}>{line}</div>)
              )}
            </td>
          </tr>
          <tr>
            <td>
              <Select
                label="Decimal mark"
                value={reading.decimal ?? asDetected}
                choices={[
                  [asDetected, 'As the schema says'],
                  ['point', 'point'],
                  ['comma', 'comma'],
                ]}
                onChange={(value) => set('decimal', value === asDetected ? undefined : value)}
              />
            </td>
            <td>
              {decimal.lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </td>
          </tr>
          <NullChoices reading={reading} preview={preview} onChange={(nulls) => set('nulls', nulls)} />
          {structure.layout !== null && (
            <tr>
              <th scope="row">Fixed-width columns</th>
              <td>{structure.layout.evidence}</td>
            </tr>
          )}
          {structure.within !== null && (
            <tr>
              <th scope="row">
                {insideWords[structure.within.kind]}
                {structure.within.name !== null && `: ${structure.within.name}`}
              </th>
              <td>{structure.within.places}</td>
            </tr>
          )}
        </tbody>
      </table>
      {(structure.layout !== null || structure.header.length < 2) && (
        <LayoutEditor
          lines={preview.lines}
          layout={reading.layout ?? structure.layout?.value ?? null}
          chosen={reading.layout !== undefined}
          onChange={(layout) => onChange(withLayout(reading, structure, layout))}
        />
      )}
      <p className="muted caption">
        {formatCount(structure.header.length, 'column')}; evidence of dates, numbers and empty spellings is counted over the first{' '}
        {formatCount(sampled, 'record')}.
      </p>
    </>
  )
}

/** Names are those of the layout from then on, so a line of names is passed over; without a layout all of it is detected again. */
function withLayout(
  reading: ReadingChoices,
  { skipRows, headerRows }: TablePreview['structure'],
  layout: ReadingChoices['layout'],
): ReadingChoices {
  const { layout: before, headerRows: _header, skipRows: chosen, ...others } = reading
  if (layout === undefined) return others
  return { ...others, layout, headerRows: 0, skipRows: before ? (chosen ?? 0) : skipRows + headerRows }
}

function Evidence<Value>({
  guess,
  words,
}: {
  readonly guess:
    | TablePreview['structure']['encoding']
    | { readonly evidence: string; readonly chosen: boolean; readonly alternatives: readonly { readonly value: Value }[] }
  readonly words: (value: Value) => string
}) {
  const others = (guess.alternatives as readonly { readonly value: Value }[]).map(({ value }) => words(value))
  return (
    <td>
      {guess.chosen ? 'Chosen by a person.' : guess.evidence}
      {others.length > 0 && <div className="muted">otherwise: {others.slice(0, 3).join('; ')}</div>}
    </td>
  )
}

function rowsWord(rows: number): string {
  return rows === 0 ? 'no header' : `${rows} ${rows === 1 ? 'row' : 'rows'}`
}

function withDetected(
  detected: string,
  chosen: boolean,
  choices: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  return [[asDetected, chosen ? 'As detected' : `As detected: ${detected}`], ...choices]
}

function delimiterChoices(chosen: string | undefined): readonly (readonly [string, string])[] {
  const usual = [',', ';', '\t', '|', '^', '~', ':', ' ']
  const all = chosen === undefined || usual.includes(chosen) ? usual : [...usual, chosen]
  return all.map((delimiter) => [delimiter, delimiterWord(delimiter)] as const)
}

/** The likelier ones first. */
function ranked(all: readonly (readonly [string, string])[], likely: readonly string[]): readonly (readonly [string, string])[] {
  const place = (value: string): number => (likely.includes(value) ? likely.indexOf(value) : likely.length)
  return all.toSorted(([a], [b]) => place(a) - place(b))
}
