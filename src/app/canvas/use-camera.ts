/** The camera of the canvas: fits, shows and zooms, and fits again when the room changes as long as nobody panned. */
import type { ReactFlowInstance } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'
import {
  blockZoom,
  fitBoxes,
  fitStage,
  legibleZoom,
  maxZoom,
  minZoom,
  openStage,
  type Size,
  showBox,
  widthZoom,
} from './camera.ts'
import type { NodeRef } from './node-ref.ts'
import type { Scene, StepNode, WayEdge } from './scene-model.ts'
import type { Stage } from './stage.ts'

/** What is drawn now; read when the camera moves, so that it never works on an old drawing. */
export interface Drawn {
  readonly current: {
    readonly props: {
      readonly selected: ReadonlySet<NodeRef>
      readonly active: NodeRef | null
      readonly covered: number
      readonly foot: number
    }
    readonly scene: Scene
    readonly stage: Stage
  }
}

const panPixels = 80
/** Zoom by button or key goes on from here to there in this time, in ms; at once for who asks for less motion. */
const glide = (): { readonly duration: number } => ({
  duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
})
/** What A4 and Letter both have room for, in CSS pixels, below head and legend of the page. */
const paper = { width: 960, height: 585 }

export function useCamera(
  room: { readonly current: HTMLDivElement | null },
  flow: { readonly current: ReactFlowInstance<StepNode, WayEdge> | null },
  latest: Drawn,
) {
  const untouched = useRef(true)
  const camera = useMemo(() => {
    const size = () => ({
      width: room.current?.clientWidth ?? 800,
      height: (room.current?.clientHeight ?? 600) - latest.current.props.foot,
    })
    const place = (least: number, on: Size = size()): void => {
      const { stage, scene } = latest.current
      void flow.current?.setViewport(fitStage(stage, scene.boxes.values(), on, least), on === paper ? undefined : glide())
    }
    const open = (): void => {
      untouched.current = true
      const { stage, scene } = latest.current
      void flow.current?.setViewport(openStage(stage, [...scene.boxes.values()], size(), legibleZoom))
    }
    const free = () => ({ ...size(), width: Math.max(200, size().width - latest.current.props.covered) })
    const showBoxed = (box: Parameters<typeof showBox>[0] | undefined): void => {
      const view = flow.current?.getViewport()
      const next = box && view && showBox(box, view, free())
      if (next) void flow.current?.setViewport(next, glide())
    }
    return {
      /** As large as both maps fit, but never too small to read. */
      open,
      /** One landscape page holds both maps as a whole, whatever the window shows. */
      print: () => place(minZoom, paper),
      zoomInOn: (ref: NodeRef) => {
        const box = latest.current.scene.boxes.get(ref)
        if (!box) return
        untouched.current = false
        void flow.current?.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: legibleZoom, ...glide() })
      },
      /** Everything in view, however small: below legible type steps are drawn as blocks. */
      fit: () => {
        untouched.current = false
        const { stage, scene } = latest.current
        const view = fitStage(stage, scene.boxes.values(), size(), minZoom)
        // From afar the height of lanes is the window's: only the width has to fit.
        const zoom = view.zoom < blockZoom ? Math.min(blockZoom - 0.01, widthZoom(scene.boxes.values(), size())) : view.zoom
        void flow.current?.setViewport(fitStage(stage, scene.boxes.values(), size(), minZoom, zoom), glide())
      },
      focus: () => room.current?.querySelector<HTMLElement>('[role="application"]')?.focus({ preventScroll: true }),
      whole: () => void flow.current?.zoomTo(1, glide()),
      zoomBy: (factor: number) => {
        untouched.current = false
        const zoom = flow.current?.getZoom() ?? 1
        void flow.current?.zoomTo(Math.max(minZoom, Math.min(maxZoom, zoom * factor)), glide())
      },
      fitSelection: () => {
        const { props, scene } = latest.current
        const view = fitBoxes(
          [...props.selected].flatMap((ref) => scene.boxes.get(ref) ?? []),
          size(),
        )
        if (view) void flow.current?.setViewport(view, glide())
      },
      /** What a panel at the right has come to stand over is moved beside it; a step in hand is the business of `show`. */
      uncover: () => {
        const { props, scene } = latest.current
        const view = flow.current?.getViewport()
        if (props.active !== null || !view) return
        const right = ({ x, width }: { readonly x: number; readonly width: number }): number => (x + width) * view.zoom + view.x
        const seen = [...scene.boxes.values()].filter((box) => right(box) <= size().width)
        showBoxed(seen.sort((a, b) => right(b) - right(a))[0])
      },
      show: (ref: NodeRef) => showBoxed(latest.current.scene.boxes.get(ref)),
      showAt: (side: WorkflowSide, x: number, y: number) => {
        const region = latest.current.stage.regions[side]
        showBoxed({ id: 'draft', x: region.x + x, y: region.y + y, width: 152, height: 64 })
      },
      pan: (where: string) => {
        const view = flow.current?.getViewport()
        const by = { left: [panPixels, 0], right: [-panPixels, 0], up: [0, panPixels], down: [0, -panPixels] }[where]
        if (view && by) void flow.current?.setViewport({ ...view, x: view.x + (by[0] ?? 0), y: view.y + (by[1] ?? 0) })
      },
      touched: () => {
        untouched.current = false
      },
    }
  }, [room, flow, latest])
  useEffect(() => {
    const element = room.current
    if (!element) return
    const watch = new ResizeObserver(() => {
      if (!matchMedia('print').matches && untouched.current) camera.open()
    })
    watch.observe(element)
    addEventListener('beforeprint', camera.print)
    addEventListener('afterprint', camera.open)
    return () => {
      watch.disconnect()
      removeEventListener('beforeprint', camera.print)
      removeEventListener('afterprint', camera.open)
    }
  }, [room, camera])
  return camera
}
