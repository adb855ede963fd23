/** A FHIR narrative as a reader may see it: elements are built one by one from an allow-list, so no markup of the source is ever parsed here. */
import { createElement, type ReactNode, useMemo } from 'react'
import { type NarrativeNode, readNarrative } from '../../core/data/resource-view/narrative.ts'
import { maskOf } from '../../core/mask.ts'
import styles from './narrative.module.css'
import { VisibleWords } from './visible-words.tsx'

/** Elements that have no text of their own between them, only other elements. */
const withoutText = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'dl', 'ol', 'ul'])
const empty = new Set(['br', 'hr', 'col'])
const reactNames: Readonly<Record<string, string>> = { colspan: 'colSpan', rowspan: 'rowSpan' }

export function Narrative({ text, masked = false }: { readonly text: string; readonly masked?: boolean }) {
  const read = useMemo(() => readNarrative(text), [text])
  if (read.kind === 'text')
    return (
      <div className={`scroll breaks ${styles.narrative}`}>
        <p className="caption muted around">This narrative is not well-formed XHTML, so it is shown as the text it is.</p>
        <pre>
          <VisibleWords text={masked ? maskOf(text) : text} />
        </pre>
      </div>
    )
  const left = [...read.left].map(([tag, count]) => `${count} × ${masked && tag !== 'foreign' ? 'tag' : tag}`)
  return (
    <>
      <div className={`scroll breaks ${styles.narrative}`}>{nodes(read.nodes, masked, '')}</div>
      {left.length > 0 && (
        <p className="caption muted around">
          Left out because it could act, hide or fetch something: <bdi>{left.join(', ')}</bdi>. The words of links are kept, not
          their addresses.
        </p>
      )}
    </>
  )
}

function nodes(all: readonly NarrativeNode[], masked: boolean, parent: string): ReactNode[] {
  return all.flatMap((node, index) => {
    if (node.kind === 'text') {
      if (withoutText.has(parent) && node.text.trim() === '') return []
      // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one text never change their order
      return [<VisibleWords key={index} text={masked ? maskOf(node.text) : node.text} />]
    }
    const attributes = Object.fromEntries(
      Object.entries(node.attributes).map(([name, value]) => [reactNames[name] ?? name, value] as const),
    )
    const inside = empty.has(node.tag) ? undefined : nodes(node.children, masked, node.tag)
    return [createElement(node.tag, { ...attributes, key: index }, inside)]
  })
}
