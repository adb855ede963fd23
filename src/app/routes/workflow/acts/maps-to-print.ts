/** Prints one map on one sheet: the page of the browser takes the size of the paper, and everything else of the screen is left out. */
import { dayText } from '../../../../core/values/day.ts'
import { type Paper, papers, writeSheet } from '../../../../core/workflow/interop/sheet.ts'
import type { Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../core/workflow/map/write.ts'
import { nameOfWorkflow } from './workflow-list.ts'

/** Enough of the digest to tell versions of one workflow apart. */
const versionLetters = 8

export function sheetOf(workflow: Workflow, side: WorkflowSide, paper: Paper, today: string): string {
  const version = workflowDigest(workflow)
    .replace(/^sha256:/, '')
    .slice(0, versionLetters)
  const title = `${nameOfWorkflow(workflow)}: ${side === 'current' ? 'current' : 'future'} map`
  return writeSheet(workflow[side], paper, { title, date: dayText(today), version })
}

export async function printSheet(workflow: Workflow, side: WorkflowSide, paper: Paper): Promise<void> {
  const { width, height } = papers[paper]
  const text = sheetOf(workflow, side, paper, new Date().toISOString())
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  const image = new Image()
  image.alt = `${nameOfWorkflow(workflow)}, ${side} map`
  image.className = 'printed-sheet'
  image.src = url
  await image.decode()
  // A rule of its own, taken away afterwards: a style in the page would be kept out by the page's policy.
  const rules = new CSSStyleSheet()
  rules.replaceSync(`
    @page { size: ${width}mm ${height}mm; margin: 0; }
    .printed-sheet { display: none; }
    @media print {
      html, body { margin: 0; height: ${height}mm; overflow: hidden; }
      body > *:not(.printed-sheet) { display: none !important; }
      .printed-sheet { display: block; width: ${width}mm; height: ${height}mm; }
    }`)
  const before = document.adoptedStyleSheets
  document.adoptedStyleSheets = [...before, rules]
  document.body.append(image)
  try {
    window.print()
  } finally {
    image.remove()
    document.adoptedStyleSheets = before
    URL.revokeObjectURL(url)
  }
}
