/** Following a person: their map, and what they point at there, stay in view until one takes the map in hand. */
import { type RefObject, useEffect } from 'react'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import { parseRef, refOf } from '../../../canvas/node-ref.ts'
import { useHere } from '../../../session/here.ts'

export function useFollowedView(map: string, canvas: RefObject<CanvasHandle | null>): void {
  const followed = useHere(({ here, follows }) => here.find(({ from }) => from === follows)?.presence ?? null)
  const isHere = followed?.map === map
  const pointer = isHere ? followed.pointer : null
  const chosen = isHere ? (followed.types ?? followed.selection[0] ?? null) : null
  useEffect(() => {
    if (pointer) canvas.current?.showAt(pointer.side, pointer.x - 76, pointer.y - 32)
  }, [pointer, canvas])
  useEffect(() => {
    const place = chosen === null ? null : parseRef(chosen)
    if (place) canvas.current?.show(refOf(place.side, place.id))
  }, [chosen, canvas])
}
