/** One example of a rule: pictures of its maps, its lines with what flags marked, and what the product says of it. */
import { useEffect, useState } from 'react'
import type { PairExample } from '../../../core/data/model/pair-example.ts'
import type { TableExample } from '../../../core/data/model/table-example.ts'
import type { Finding } from '../../../core/finding.ts'
import { finish } from '../../../core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../core/project/rule-pages/pair-example.ts'
import type { MarkedLine, Part } from '../../../core/project/rule-pages/parts.ts'
import type { ShownExample as Example } from '../../../core/project/rule-pages/rule-page.ts'
import { type Judge, partsOf } from '../../../core/project/rule-pages/shown-parts.ts'
import { filesOf, runOf } from '../../../core/project/rule-pages/table-example.ts'
import { errorWords } from '../../../core/values/error-words.ts'
import { ScrollRegion } from '../../components/scroll-region.tsx'
import { jobs } from '../../session/jobs.ts'
import { DrawnSvg } from './drawn-svg.tsx'
import styles from './help.module.css'

/** The worker of every run judges the example, as it judges a file of a clinic. */
async function judged(example: TableExample, signal: AbortSignal): Promise<readonly Finding[]> {
  const inputs = filesOf(example).map(({ name, bytes, ...file }) => ({ ...file, file: new File([bytes], name) }))
  const { findings } = await finish(jobs.validate({ inputs, ...runOf(example) }, signal))
  return findings
}

async function reconciled(example: PairExample, signal: AbortSignal): Promise<readonly Finding[]> {
  const inputs = pairFilesOf(example).map(({ name, bytes, ...file }) => ({ ...file, file: new File([bytes], name) }))
  const { findings } = await finish(jobs.reconcile({ inputs, mapping: mappingOf(example) }, signal))
  return findings
}

export function ShownExample({
  code,
  example,
  word,
}: {
  readonly code: string
  readonly example: Example
  /** What the product says of it. */
  readonly word: 'Flags' | 'Passes' | 'Not judged'
}) {
  const [parts, setParts] = useState<readonly Part[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    setParts(null)
    setProblem(null)
    const judge: Judge = {
      tables: (subject) => judged(subject, stop.signal),
      pair: (subject) => reconciled(subject, stop.signal),
    }
    partsOf(code, example, judge).then(
      (found) => !stop.signal.aborted && setParts(found),
      (error: unknown) => !stop.signal.aborted && setProblem(errorWords(error)),
    )
    return () => stop.abort()
  }, [code, example])
  return (
    <section className={`card stack around ${styles.example}`} aria-label={`${word}: ${example.name}`}>
      <h3>
        {word}: {example.name}
      </h3>
      {problem !== null && <p role="alert">The example could not be judged here: {problem}</p>}
      {parts === null && problem === null && <p className="muted">Judging…</p>}
      {parts?.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one example are a fixed list
        <ShownPart key={at} part={part} label={`${word}, ${example.name}, part ${at + 1}`} />
      ))}
    </section>
  )
}

/** `label` tells the parts of all examples of a page apart. */
function ShownPart({ part, label }: { readonly part: Part; readonly label: string }) {
  switch (part.kind) {
    case 'words':
      return <p className="breaks">{part.text}</p>
    case 'picture':
      return (
        <figure className={styles.figure}>
          <figcaption className="strong">{part.title}</figcaption>
          <ScrollRegion label={`${part.title}: ${label}`} className={`scroll ${styles.picture}`}>
            <DrawnSvg svg={part.svg} label={`${part.title}: ${part.sketch}`} />
          </ScrollRegion>
          <pre className={`caption ${styles.notation}`}>{part.sketch}</pre>
        </figure>
      )
    case 'lines':
      return (
        <figure className={styles.figure}>
          <figcaption className="strong">{part.title}</figcaption>
          <ScrollRegion label={`${part.title}: ${label}`} className={`scroll ${styles.lines}`}>
            <table>
              <tbody>
                {part.lines.map((line, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one example are a fixed list
                  <tr key={at}>
                    {line.number === null ? (
                      <td />
                    ) : (
                      <th scope="row" className="muted digits">
                        {line.number}
                      </th>
                    )}
                    <td>
                      <Marked line={line} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </figure>
      )
  }
}

/** Marked stretches are framed, not only coloured. */
function Marked({ line: { text, marks } }: { readonly line: MarkedLine }) {
  const sorted = [...marks].sort((a, b) => a[0] - b[0])
  const pieces: { readonly text: string; readonly isMarked: boolean }[] = []
  let at = 0
  for (const [from, to] of sorted) {
    if (from < at) continue
    pieces.push({ text: text.slice(at, from), isMarked: false }, { text: text.slice(from, to), isMarked: true })
    at = to
  }
  pieces.push({ text: text.slice(at), isMarked: false })
  return (
    <code>
      {pieces.map((piece, index) =>
        piece.isMarked ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line are a fixed list
          <mark key={index} className={styles.mark}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </code>
  )
}
