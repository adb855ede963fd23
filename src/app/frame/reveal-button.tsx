/** Shows or masks the values of all data pages, for this visit. */

import { maskOf } from '../../core/mask.ts'
import { visibleText } from '../../core/visible-text.ts'
import { Button } from '../components/button.tsx'
import { reveal, useReveal } from '../session/reveal.ts'

export function RevealButton() {
  const revealed = useReveal()
  return (
    <div>
      <Button onPress={() => reveal(!revealed)}>{revealed ? 'Mask values' : 'Reveal values for this visit'}</Button>
    </div>
  )
}

/** A value as it may be shown now. */
export function useShown(): (text: string) => string {
  return useReveal() ? visibleText : maskOf
}
