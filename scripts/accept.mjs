/** `npm run accept -- <topic> [line…]`: prints the figure of every acceptance line, as measured now. Times are the median of five. */
import { checkNode, install } from './setup.mjs'

checkNode()
install()
const topics = {
  adoption: () => import('./accept/adoption.mjs'),
  drawing: () => import('./accept/drawing.mjs'),
  foundation: () => import('./accept/foundation.mjs'),
  extracts: () => import('./accept/extracts.mjs'),
  fhir: () => import('./accept/fhir.mjs'),
  foreign: () => import('./accept/foreign.mjs'),
  hardening: () => import('./accept/hardening.mjs'),
  house: () => import('./accept/house.mjs'),
  readiness: () => import('./accept/readiness.mjs'),
  review: () => import('./accept/review.mjs'),
  scale: () => import('./accept/scale.mjs'),
  signoff: () => import('./accept/signoff.mjs'),
  speed: () => import('./accept/speed.mjs'),
  team: () => import('./accept/team.mjs'),
  workflow: () => import('./accept/workflow.mjs'),
}
const [topic, ...wanted] = process.argv.slice(2)
const load = topics[topic ?? '']
if (!load) {
  console.error(
    `${topic === undefined ? 'Name a topic' : `There is no topic "${topic}"`}: ${Object.keys(topics).join(', ')}. Example: npm run accept -- foundation`,
  )
  process.exit(2)
}
const { lines } = await load()
let failed = 0
for (const { name, line, measure } of lines) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  try {
    const { ok, figure } = await measure()
    if (!ok) failed++
    console.log(`${ok ? 'met  ' : 'SHORT'}  ${name}  ${line}\n       ${figure}`)
  } catch (error) {
    failed++
    console.log(
      `SHORT  ${name}  ${line}\n       could not be measured: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
process.exit(failed > 0 ? 1 : 0)
