/** Room over the drawing for what a page draws there: it follows the map and keeps its size at every zoom. */
import { useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import styles from './over-drawing.module.css'

interface Place {
  readonly x: number
  readonly y: number
}

export interface ScreenBox extends Place {
  readonly width: number
  readonly height: number
}

/** Where things of the map are on screen, in pixels from the corner of the drawing. */
export interface Places {
  /** Extent of the drawing on screen. */
  readonly room: { readonly width: number; readonly height: number }
  /** Of a step, as the canvas names it; null where it is not drawn. */
  readonly box: (ref: string) => ScreenBox | null
  /** Of the head of a lane. */
  readonly lane: (side: string, lane: string) => ScreenBox | null
  /** Of a point in the pixels of one map. */
  readonly point: (side: 'current' | 'future', x: number, y: number) => Place
  /** The map under a point on screen, and the place in its pixels. */
  readonly at: (x: number, y: number) => Place & { readonly side: 'current' | 'future' }
  /** Steps that are being moved by hand, and by how much so far, in pixels of the map. */
  readonly dragged: readonly { readonly ref: string; readonly dx: number; readonly dy: number }[]
  readonly zoom: number
}

export interface OverDrawingProps {
  readonly scene: { readonly boxes: ReadonlyMap<string, ScreenBox> }
  readonly stage: {
    readonly arrangement: string
    readonly regions: Readonly<Record<'current' | 'future', Place>>
    readonly bands: readonly {
      readonly side: string
      readonly lane: { readonly id: string } | null
      readonly y: number
      readonly height: number
    }[]
  }
  /** Where steps are drawn that are being moved. */
  readonly dragged: ReadonlyMap<string, Place>
  /** Where all steps stood before. */
  readonly resting: ReadonlyMap<string, ScreenBox>
  readonly over: (places: Places) => ReactNode
}

/** Width of the head of a lane in the pixels of the map. */
const headWidth = 120

export function OverDrawing({ scene: { boxes }, stage, dragged, resting, over }: OverDrawingProps) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const onScreen = (box: ScreenBox): ScreenBox => ({
    x: box.x * zoom + vx,
    y: box.y * zoom + vy,
    width: box.width * zoom,
    height: box.height * zoom,
  })
  const places: Places = {
    room: { width, height },
    zoom,
    box: (ref) => {
      const box = boxes.get(ref)
      return box ? onScreen(box) : null
    },
    lane: (side, id) => {
      const band = stage.bands.find((each) => each.side === side && each.lane?.id === id)
      const x = side === 'future' ? stage.regions.future.x : stage.regions.current.x
      return band ? onScreen({ x, y: band.y, width: headWidth, height: band.height }) : null
    },
    at: (left, top) => {
      const [x, y] = [(left - vx) / zoom, (top - vy) / zoom]
      const { future } = stage.regions
      const isFuture = stage.arrangement !== 'single' && (stage.arrangement === 'stacked' ? y >= future.y : x >= future.x)
      const side = isFuture ? 'future' : 'current'
      return { side, x: x - stage.regions[side].x, y: y - stage.regions[side].y }
    },
    dragged: [...dragged].flatMap(([ref, { x, y }]) => {
      const box = resting.get(ref)
      return box ? [{ ref, dx: x - box.x, dy: y - box.y }] : []
    }),
    point: (side, x, y) => ({ x: (x + stage.regions[side].x) * zoom + vx, y: (y + stage.regions[side].y) * zoom + vy }),
  }
  return <div className={`${styles.over} no-print`}>{over(places)}</div>
}
