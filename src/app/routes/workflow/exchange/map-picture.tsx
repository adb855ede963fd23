/** One map as a picture beside another state of it. */
import { useMemo } from 'react'
import { counted } from '../../../../core/counted.ts'
import { writeSvg } from '../../../../core/workflow/interop/svg.ts'
import type { Graph } from '../../../../core/workflow/map/workflow.ts'
import styles from './merge-dialog.module.css'

export function differs(mine: Graph, theirs: Graph): boolean {
  return writeSvg(mine) !== writeSvg(theirs)
}

export function MapPicture({ graph, name }: { readonly graph: Graph; readonly name: string }) {
  const source = useMemo(() => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(writeSvg(graph))}` as const, [graph])
  return (
    <figure className={styles.picture}>
      <figcaption>{name}</figcaption>
      {graph.nodes.size === 0 ? (
        <p className="muted">Empty</p>
      ) : (
        <img src={source} alt={`${name}: ${counted(graph.nodes.size, 'object')}`} />
      )}
    </figure>
  )
}
