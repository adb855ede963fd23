/** A node of a page as an element of React: texts are texts, and a link leads to a page of the app or nowhere. */
import { createElement, Fragment, type ReactNode } from 'react'
import styles from '../help.module.css'
import type { Node } from './pages.ts'

const plain = new Set(
  ['h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'thead', 'tbody', 'tr', 'code', 'strong', 'em', 'blockquote', 'hr', 'br'].concat(
    'span',
  ),
)

/** Pages do not change while they are shown: nodes need no keys. */
export function shownNodes(nodes: readonly Node[]): ReactNode {
  return createElement(Fragment, null, ...nodes.map((node) => createElement(ShownNode, { node })))
}

function ShownNode({ node }: { readonly node: Node }): ReactNode {
  if (typeof node === 'string') return node
  const { is, in: inside = [] } = node
  if (is === 'table')
    return (
      <div className={styles.wide}>
        <table>{shownNodes(inside)}</table>
      </div>
    )
  if (is === 'th') return <th scope="col">{shownNodes(inside)}</th>
  if (is === 'td') return <td className={node.end ? 'number' : undefined}>{shownNodes(inside)}</td>
  if (is === 'pre')
    return (
      // What is wider than the page is scrolled by keys, too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes focus (WCAG 2.1.1)
      <pre className={styles.command} tabIndex={0}>
        {shownNodes(inside)}
      </pre>
    )
  if (is === 'img' && node.file !== undefined)
    return <img className={styles.shot} src={node.file} alt={node.words ?? ''} loading="lazy" />
  if (is === 'a') return <a href={node.rules ? '#/help/rules' : `#/help/manual/${node.page}`}>{shownNodes(inside)}</a>
  if (node.out !== undefined)
    return (
      <span>
        {shownNodes(inside)} <span className="muted breaks">({node.out})</span>
      </span>
    )
  if (!plain.has(is)) return shownNodes(inside)
  const { id, start } = node
  return createElement(is, { id, start }, ...(inside.length === 0 ? [] : [shownNodes(inside)]))
}
