/** A sheet as one HTML file without script: readable in light and dark, black on white in print, nothing fetched. */
import { htmlText as text } from '../../data/report/html.ts'
import { type Block, isForm, isWritten, type Sheet } from './sheet.ts'

export function sheetHtml(sheet: Sheet): string {
  const { title, letterhead, lead, verdict, sections, foot } = sheet
  const parts = [
    ...(letterhead ? [`<p class="head"><img src="${text(letterhead.logo)}" alt=""> ${text(letterhead.name)}</p>`] : []),
    `<h1>${text(title)}</h1>`,
    ...lead.map((line) => `<p class="lead">${text(line)}</p>`),
    ...(verdict === null ? [] : [`<p class="verdict" data-gate="${verdict.gate}">${text(verdict.words)}</p>`]),
    ...sections.map(
      (section) => `<section>\n<h2>${text(section.title)}</h2>\n${section.blocks.map(block).join('\n')}\n</section>`,
    ),
    ...(foot.length > 0 ? [`<footer>\n${foot.map((line) => `<p>${text(line)}</p>`).join('\n')}\n</footer>`] : []),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${letterhead ? '; img-src data:' : ''}">
<title>${text(title)}</title>
<style>
${style}
</style>
</head>
<body>
<main${isForm(sheet) ? ' class="form"' : ''}>
${parts.join('\n')}
</main>
</body>
</html>
`
}

function block(each: Block): string {
  switch (each.kind) {
    case 'text':
      return `<p>${text(each.text)}</p>`
    case 'list':
      return `<ul>${each.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`
    case 'table': {
      const cell = (tag: string, value: string, column: number): string =>
        `<${tag}${each.numbers.includes(column) ? ' class="n"' : ''}>${text(value)}</${tag}>`
      const line = (tag: string, cells: readonly string[]): string =>
        `<tr${isWritten(cells) ? ' class="w"' : ''}>${cells.map((value, column) => cell(tag, value, column)).join('')}</tr>`
      return `<table><thead>${line('th', each.head)}</thead><tbody>\n${each.rows.map((row) => line('td', row)).join('\n')}\n</tbody></table>`
    }
    case 'sign':
      return `<div class="sign"><p>${each.choices.map((choice) => `<span class="box"></span>${text(choice)}`).join(' ')}</p>${each.lines.map((line) => `<p class="line">${text(line)}</p>`).join('')}</div>`
  }
}

const style = `:root { color-scheme: light dark; }
@page { margin: 12mm 14mm; }
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, ul { margin: .25rem 0; } ul { padding-left: 1.2rem; }
.head { font-weight: 600; } .head img { max-width: 48mm; max-height: 16mm; vertical-align: middle; margin-right: .6rem; background: #fff; }
.verdict { font-size: 1.1rem; font-weight: 600; border: 2px solid; border-radius: 4px; padding: .4rem .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .15rem .4rem; border-bottom: 1px solid #8888; overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.box { display: inline-block; width: .8em; height: .8em; border: 1px solid; margin: 0 .4em 0 1em; }
.line { border-bottom: 1px solid; padding-top: 1.2em; }
.w td { height: 9mm; vertical-align: bottom; border: 1px solid #555; } .form .line { padding-top: 9mm; }
.lead, footer { font-size: .85em; overflow-wrap: anywhere; }
@media print { body { font: 9.5pt/1.3 system-ui, sans-serif; background: #fff; color: #000; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } tr, .sign, h2 { break-inside: avoid; } thead { display: table-header-group; } }`
