/** The inspector, one picture behind the map: a press shows the step selected first, and then what is known of it. */
import { type ComponentProps, type ReactNode, useDeferredValue, useMemo, useRef } from 'react'
import { InspectorPanel } from './inspector-panel.tsx'

export function InspectorSlot({
  inspected,
  ...panel
}: ComponentProps<typeof InspectorPanel> & { readonly inspected: boolean }): ReactNode {
  const { selected, selectedLane, selectedFlow } = panel.editor.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection is another object
  const chosen = useMemo(() => ({}), [selected, selectedLane, selectedFlow])
  const settled = useDeferredValue(chosen)
  const shown = useRef<ReactNode>(null)
  if (settled === chosen) shown.current = inspected ? <InspectorPanel {...panel} /> : null
  return shown.current
}
