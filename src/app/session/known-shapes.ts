/** Whether proposals may recognise known systems by the columns of their tables; a setting of this browser. */
import { create } from 'zustand'

interface KnownShapes {
  readonly allowed: boolean
}

export const useKnownShapes = create<KnownShapes>()(() => ({ allowed: true }))
