/** Compare: the current map over the future one, what each step became, and what merely moved; or what is inside one of their steps. */
import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { useWorkspace } from '../../../session/state.ts'
import { insideName, placeIn } from '../acts/inside-name.ts'
import { WorkflowMissing } from '../fields/workflow-missing.tsx'
import { CompareEditor } from './compare-editor.tsx'
import { InsideEditor } from './inside-editor.tsx'

export function ComparePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id) ?? null)
  const inside = new URLSearchParams(useSearch()).get('inside')
  const place = useMemo(() => (inside === null ? null : placeIn(inside)), [inside])
  if (!workflow) return <WorkflowMissing id={id} />
  if (place) return <InsideEditor key={insideName(id, place)} outer={workflow} place={place} />
  return <CompareEditor workflow={workflow} />
}
