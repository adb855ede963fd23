/** The gallery beside elkjs and dagre, in one run. */
import { expect, test } from 'vitest'
import { galleryMaps } from '../../core/workflow/gallery/maps.ts'
import { type Measured, measure, nothing, sum } from '../../core/workflow/gallery/measure.ts'
import { pictureOf } from '../../core/workflow/gallery/pictures.ts'
import { dagrePicture, elkPicture, peersAreThere } from './peers.ts'

const most = { lanes: 1.2, none: 1 }

test.skipIf(!peersAreThere)(
  'beside elkjs with the same order of lanes, and without lanes',
  async () => {
    const maps = await galleryMaps()
    for (const kind of ['lanes', 'none'] as const) {
      let [own, elk, dagre] = [nothing, nothing, nothing]
      const shown = maps.filter(({ graph }) => graph.lanes.size > 0 === (kind === 'lanes'))
      for (const { name, graph } of shown) {
        const [a, b, c] = [
          measure(pictureOf(graph)),
          measure(await elkPicture(graph, kind === 'lanes')),
          measure(dagrePicture(graph)),
        ]
        if (process.env.EACH) console.log(`${name}: crossings ${a.crossings}/${b.crossings} bends ${a.bends}/${b.bends}`)
        own = sum(own, a)
        elk = sum(elk, b)
        dagre = sum(dagre, c)
      }
      console.log(
        `drawing gallery: ${shown.length} maps ${kind === 'lanes' ? 'with' : 'without'} lanes: ${said('crossings', own, elk, dagre)}; ${said('bends', own, elk, dagre)}; area ${share(own.area, elk.area)} of elkjs`,
      )
      console.log(
        `drawing gallery: ${own.overlaps} overlaps, ${own.throughSteps} lines through steps, ${own.throughWords} through words, ${own.coveredWords} words covered, ${own.onTop} lines on others (elkjs ${elk.onTop})`,
      )
      expect(own.crossings).toBeLessThanOrEqual(elk.crossings * most[kind])
      expect(own.bends).toBeLessThanOrEqual(elk.bends * most[kind])
    }
  },
  600_000,
)

const share = (a: number, b: number): string => (a / b).toFixed(2)

function said(what: 'crossings' | 'bends', own: Measured, elk: Measured, dagre: Measured): string {
  return `${what} ${own[what]}, elkjs ${elk[what]} (${share(own[what], elk[what])}×), dagre ${dagre[what]}`
}
