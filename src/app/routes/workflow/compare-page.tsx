/** Compare: the current map over the future one, what each step became, and what merely moved; or what is inside one of their steps. */
import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { insideName, placeIn } from '../../workspace/inside-name.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { CompareEditor } from './compare-editor.tsx'
import { InsideEditor } from './inside-editor.tsx'
import { WorkflowMissing } from './workflow-missing.tsx'

export function ComparePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id)?.workflow ?? null)
  const inside = new URLSearchParams(useSearch()).get('inside')
  const place = useMemo(() => (inside === null ? null : placeIn(inside)), [inside])
  if (!workflow) return <WorkflowMissing id={id} />
  if (place) return <InsideEditor key={insideName(id, place)} outer={workflow} place={place} />
  return <CompareEditor workflow={workflow} />
}
