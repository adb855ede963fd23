/** A report as a sheet: the same lines and tables as its files, with the shape of the gate beside its word; black on white in print. */
import { type Block, isForm, isWritten, type Sheet } from '../../../../core/readiness/sheets/sheet.ts'
import cards from '../../../components/cards.module.css'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { gateMark } from '../board/marks.ts'
import styles from './report-sheet.module.css'

export function ReportSheet({ sheet }: { readonly sheet: Sheet }) {
  const { title, letterhead, lead, verdict, sections, foot } = sheet
  return (
    <article className={`stack ${styles.sheet}`} aria-label={title} data-form={isForm(sheet) || undefined}>
      {letterhead && (
        <p className={`line strong ${styles.letterhead}`}>
          <img src={letterhead.logo} alt="" />
          {letterhead.name}
        </p>
      )}
      <p className={`strong ${styles.title}`}>{title}</p>
      {lead.map((line) => (
        <p key={line} className={styles.lead}>
          {line}
        </p>
      ))}
      {verdict && (
        <p className={`line strong large ${styles.verdict}`} data-gate={verdict.gate}>
          <SeverityMark mark={gateMark(verdict.gate)} />
          {verdict.words}
        </p>
      )}
      {sections.map((section, part) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: forms may have one name, and sections never change their places
        <section key={part} className={`stack-tight above ${styles.section}`}>
          <h2>{section.title}</h2>
          {section.blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a section never change their places
            <BlockView key={index} block={block} title={`${title}, part ${part + 1}, ${section.title}`} />
          ))}
        </section>
      ))}
      <footer className={styles.foot}>
        {foot.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </footer>
    </article>
  )
}

function BlockView({ block, title }: { readonly block: Block; readonly title: string }) {
  switch (block.kind) {
    case 'text':
      return <p>{block.text}</p>
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )
    case 'table':
      return <TableView block={block} title={title} />
    case 'sign':
      return (
        <div className={styles.sign}>
          <p>
            {block.choices.map((choice) => (
              <span key={choice}>
                <span className={styles.box} aria-hidden="true" /> {choice}
              </span>
            ))}
          </p>
          {block.lines.map((line) => (
            <p key={line} className={styles.line}>
              {line}
            </p>
          ))}
        </div>
      )
  }
}

function TableView({ block, title }: { readonly block: Extract<Block, { readonly kind: 'table' }>; readonly title: string }) {
  const number = (column: number): string | undefined => (block.numbers.includes(column) ? 'number' : undefined)
  return (
    <ScrollRegion label={`${title}: ${block.head.join(', ')}`} className={`scroll ${styles.scroll}`}>
      <table className={cards.cards}>
        <thead>
          <tr>
            {block.head.map((name, column) => (
              <th key={name} scope="col" className={number(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report may be equal, and never change their places
            <tr key={index} className={isWritten(row) ? styles.written : undefined}>
              {row.map((cell, column) => (
                <td key={block.head[column]} className={number(column)} data-label={block.head[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
