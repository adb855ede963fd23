/** A picture that the core drew, as elements of this page: in the colours of its theme, its text to be searched and read aloud. */
import { createElement, type ReactNode, useMemo } from 'react'
import { readXmlTree, type XmlElement } from '../../../core/workflow/xml/xml-tree.ts'

/** Colours of a drawing for paper, and what they mean here. */
const meanings: Readonly<Record<string, string>> = {
  '#16242b': 'var(--text)',
  '#768892': 'var(--border-strong)',
  '#4c5f69': 'var(--muted)',
  '#f6f8f8': 'var(--bg)',
  '#ffffff': 'var(--surface)',
  '#d3dadd': 'var(--border)',
  '#fcf0d4': 'var(--warning-tint)',
}

export function DrawnSvg({ svg, label }: { readonly svg: string; readonly label: string }) {
  const tree = useMemo(() => readXmlTree(new TextEncoder().encode(svg)), [svg])
  const { viewBox, width, height, fontFamily } = propsOf(tree)
  return (
    <svg role="img" aria-label={label} viewBox={viewBox} width={width} height={height} fontFamily={fontFamily}>
      {tree.children.map(drawn)}
    </svg>
  )
}

function propsOf({ attributes }: XmlElement): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...attributes].flatMap(([name, value]) =>
      name === 'xmlns' ? [] : [[name.replace(/-([a-z])/g, (_, sign: string) => sign.toUpperCase()), meanings[value] ?? value]],
    ),
  )
}

function drawn(child: XmlElement | string, at: number): ReactNode {
  if (typeof child === 'string') return child.trim() === '' ? null : child
  if (child.local === 'title') return null
  return createElement(child.local, { ...propsOf(child), key: at }, ...child.children.map(drawn))
}
