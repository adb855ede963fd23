/**
 * Drawings of Visio, Lucidchart and XPDL programs: what comes, what is told as lost, and what is refused. The files are made here in the
 * shape that published ones have: ECMA-376 packages of Visio 2013 and later; the CSV that Lucidchart exports, its columns as in
 * github.com/aws-solutions and others; XPDL 2.1 as TIBCO Business Studio writes it (psdf/psdfCorePlugin) and 1.0 as Bonita did.
 */
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readDrawing } from '../../../../src/core/workflow/interop/formats.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { readDrawingFrom } from '../../../../src/io/workflow/drawing.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (name: string, file: Uint8Array) => readDrawingFrom(name, file, 'current', new AbortController().signal)

/** `Role: Step (type) -> Step (label)`. */
function said({ nodes, edges, lanes }: Graph): readonly string[] {
  const name = (id: string): string => nodes.get(id)?.label ?? id
  return [
    ...[...nodes.values()].map(({ label, type, lane }) => `${lanes.get(lane ?? '')?.label ?? 'nobody'}: ${label} (${type})`),
    ...[...edges.values()].map(({ from, to, label }) => `${name(from)} -> ${name(to)}${label === '' ? '' : ` (${label})`}`),
  ]
}

const visioSpace =
  'xmlns="http://schemas.microsoft.com/office/visio/2012/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const relations = (targets: Readonly<Record<string, string>>): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.entries(targets)
    .map(([id, target]) => `<Relationship Id="${id}" Type="x" Target="${target}"/>`)
    .join('')}</Relationships>`
const shape = (id: number, master: number, x: number, y: number, text: string, size = ''): string =>
  `<Shape ID="${id}" Type="Shape" Master="${master}"><Cell N="PinX" V="${x}"/><Cell N="PinY" V="${y}"/>${size}<Text><cp IX="0"/>${text}\n</Text></Shape>`
const glue = (line: number, from: number, to: number): string =>
  `<Connect FromSheet="${line}" FromCell="BeginX" FromPart="9" ToSheet="${from}" ToCell="PinX" ToPart="3"/><Connect FromSheet="${line}" FromCell="EndX" FromPart="12" ToSheet="${to}" ToCell="PinX" ToPart="3"/>`
const masters = ['Start/End', 'Process', 'Decision', 'Swimlane', 'Dynamic connector', 'CFF Container', 'Document']
const laneSize = '<Cell N="Width" V="10"/><Cell N="Height" V="2"/>'

function visio(page: string, more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'visio/document.xml': `<VisioDocument ${visioSpace}/>`,
    'visio/pages/pages.xml': `<Pages ${visioSpace}><Page ID="9" Name="Back" Background="1"><Rel r:id="rId2"/></Page><Page ID="0" Name="Refill"><Rel r:id="rId1"/></Page><Page ID="4" Name="Later"><Rel r:id="rId2"/></Page></Pages>`,
    'visio/pages/_rels/pages.xml.rels': relations({ rId1: 'page1.xml', rId2: 'page2.xml' }),
    'visio/pages/page1.xml': page,
    'visio/pages/page2.xml': `<PageContents ${visioSpace}/>`,
    'visio/masters/masters.xml': `<Masters ${visioSpace}>${masters.map((name, at) => `<Master ID="${at + 1}" NameU="${name}"><Rel r:id="rId${at + 1}"/></Master>`).join('')}</Masters>`,
    'visio/masters/_rels/masters.xml.rels': relations({ rId2: 'master2.xml' }),
    'visio/masters/master2.xml': `<MasterContents ${visioSpace}><Shapes><Shape ID="5" Type="Shape"><Cell N="Width" V="1"/><Cell N="Height" V="0.75"/></Shape></Shapes></MasterContents>`,
  }
  return zipSync({ ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), ...more })
}

const refillPage = `<PageContents ${visioSpace}><Shapes>${[
  shape(1, 6, 5, 5, 'Refill', '<Cell N="Width" V="12"/><Cell N="Height" V="6"/>'),
  shape(2, 4, 5, 7, 'Front desk', laneSize),
  shape(3, 4, 5, 5, 'Clinician', laneSize),
  shape(10, 1, 1, 7, 'Call'),
  shape(11, 2, 2.5, 7, 'Take refill\ncall'),
  shape(12, 3, 4, 5, 'Allowed?'),
  shape(13, 7, 6, 7.2, 'Print form'),
  shape(14, 1, 8, 7, 'Done'),
  shape(15, 2, 8, 5, 'Nobody leads here'),
  shape(20, 5, 0, 0, ''),
  shape(21, 5, 0, 0, ''),
  shape(22, 5, 0, 0, 'yes'),
  shape(23, 5, 0, 0, ''),
  shape(24, 5, 0, 0, 'loose'),
].join(
  '',
)}</Shapes><Connects>${glue(20, 10, 11)}${glue(21, 11, 12)}${glue(22, 12, 13)}${glue(23, 13, 14)}<Connect FromSheet="24" FromCell="BeginX" ToSheet="12"/></Connects></PageContents>`

test('a Visio drawing keeps its lanes, kinds, words and glued lines, and says what it loses', async () => {
  const drawing = await read('refill.vsdx', visio(refillPage))
  if (typeof drawing === 'string') throw new Error(drawing)
  expect(drawing.format).toBe('visio')
  expect(drawing.counts).toMatchObject({ tasks: 3, events: 2, gateways: 1, flows: 4, lanes: 2 })
  expect(said(drawing.graph)).toEqual([
    'Front desk: Call (start)',
    'Front desk: Take refill call (step)',
    'Clinician: Allowed? (decision)',
    'Front desk: Print form (step)',
    'Front desk: Done (end)',
    'Clinician: Nobody leads here (step)',
    'Call -> Take refill call',
    'Take refill call -> Allowed?',
    'Allowed? -> Print form (yes)',
    'Print form -> Done',
  ])
  expect(drawing.losses.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    'page “Later”: only the first page is read; save the page as a file of its own',
    '“Refill”: a frame or heading is not drawn; what it holds is',
    '“loose”: one of its ends is glued to no shape, so it is not drawn; glue it in Visio',
  ])
})

test('an archive that is hostile, damaged or holds no drawing gets a sentence', async () => {
  const bomb = visio(refillPage, { 'visio/pages/page1.xml': new Uint8Array(80 << 20) })
  expect(await read('bomb.vsdx', bomb)).toMatch(/^bomb\.vsdx: /)
  const entities = visio('<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><PageContents>&c;</PageContents>')
  expect(await read('entities.vsdx', entities)).toMatch(/^entities\.vsdx: .*(document type|DOCTYPE)/i)
  const deep = visio(`<PageContents ${visioSpace}>${'<Shapes>'.repeat(5000)}${'</Shapes>'.repeat(5000)}</PageContents>`)
  expect(await read('deep.vsdx', deep)).toMatch(/^deep\.vsdx: /)
  expect(await read('other.zip', zipSync({ 'a.txt': strToU8('a') }))).toMatch(/holds no Visio drawing/)
  const whole = visio(refillPage)
  for (const length of [4, 30, 200, whole.length - 30, whole.length - 1])
    expect(await read('cut.vsdx', whole.subarray(0, length)), String(length)).toMatch(/^cut\.vsdx: /)
  const broken = whole.slice()
  for (let at = 40; at < broken.length - 200; at += 97) broken[at] = (broken[at] ?? 0) ^ 0xff
  expect(typeof (await read('broken.vsdx', broken))).toBe('string')
})

const lucidHead =
  'Id,Name,Shape Library,Page ID,Contained By,Group,Line Source,Line Destination,Source Arrow,Destination Arrow,Status,Text Area 1,Text Area 2,Comments'

test('a Lucidchart export keeps containers as lanes, lines as flows, and says what it loses', () => {
  const drawing = readDrawing(
    'refill.csv',
    bytes(
      [
        lucidHead,
        '1,Document,,,,,,,,,Draft,Refill,,',
        '2,Page,,,,,,,,,,Page 1,,',
        '3,Page,,,,,,,,,,Page 2,,',
        '4,Swim Lane,Flowchart Shapes,2,,,,,,,,Desk,,',
        '5,Swim Lane,Flowchart Shapes,2,,,,,,,,Clinician,,',
        '6,Terminator,Flowchart Shapes,2,4,,,,,,,Call,,',
        '7,Process,Flowchart Shapes,2,4,,,,,,,"Take refill, call",,',
        '8,Decision,Flowchart Shapes,2,5,,,,,,,Allowed?,,',
        '9,Terminator,Flowchart Shapes,2,4,,,,,,,Done,,',
        '10,Line,,2,,,6,7,None,Arrow,,,,',
        '11,Line,,2,,,7,8,None,Arrow,,,,',
        '12,Line,,2,,,9,8,Arrow,None,,yes,,',
        '13,Line,,2,,,8,,None,Arrow,,no,,',
        '14,SVGPathBlock2,,2,,,,,,,,,,',
        '15,Process,Flowchart Shapes,3,,,,,,,,Elsewhere,,',
      ].join('\r\n'),
    ),
    'current',
  )
  if (typeof drawing === 'string') throw new Error(drawing)
  expect(drawing.format).toBe('lucid')
  expect(said(drawing.graph)).toEqual([
    'Desk: Call (start)',
    'Desk: Take refill, call (step)',
    'Clinician: Allowed? (decision)',
    'Desk: Done (end)',
    'Call -> Take refill, call',
    'Take refill, call -> Allowed?',
    'Allowed? -> Done (yes)',
  ])
  expect(drawing.losses.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    '“Page 2”: only the first page is read; export the page as a file of its own',
    'svgpathblock2: a shape “SVGPathBlock2” without words or lines is not drawn',
    '“no”: one of its ends is fixed to no shape, so it is not drawn; connect it in Lucidchart',
  ])
})

const xpdl = `<?xml version="1.0" encoding="UTF-8"?>
<xpdl2:Package xmlns:xpdl2="http://www.wfmc.org/2008/XPDL2.1" xmlns:x="urn:x" Id="p" Name="P"><xpdl2:Pools><xpdl2:Pool Id="pool" Process="w"><xpdl2:Lanes><xpdl2:Lane Id="a" Name="Desk"/><xpdl2:Lane Id="b" Name="Clinician"/></xpdl2:Lanes></xpdl2:Pool></xpdl2:Pools>
<xpdl2:MessageFlows><xpdl2:MessageFlow Id="m" Name="Fax" Source="1" Target="2"/></xpdl2:MessageFlows>
<xpdl2:Artifacts><xpdl2:Artifact Id="n" ArtifactType="Annotation" TextAnnotation="By noon"/></xpdl2:Artifacts>
<xpdl2:WorkflowProcesses><xpdl2:WorkflowProcess Id="w" Name="Refill"><xpdl2:Activities>
${[
  ['1', 'Call', '<xpdl2:Event><xpdl2:StartEvent Trigger="None"/></xpdl2:Event>', 'a'],
  ['2', 'TakeRefill', '<xpdl2:Implementation><xpdl2:Task/></xpdl2:Implementation>', 'a'],
  ['3', 'Allowed?', '<xpdl2:Route GatewayType="XOR"/>', 'b'],
  ['4', 'Sign', '<xpdl2:Implementation><xpdl2:SubFlow Id="q"/></xpdl2:Implementation>', 'b'],
  ['5', 'Next day', '<xpdl2:Event><xpdl2:IntermediateEvent Trigger="Timer"/></xpdl2:Event>', 'b'],
  ['6', 'Done', '<xpdl2:Event><xpdl2:EndEvent/></xpdl2:Event>', 'a'],
]
  .map(
    ([id, name, what, lane]) =>
      `<xpdl2:Activity Id="${id}" Name="${name}"${id === '2' ? ' x:DisplayName="Take refill"' : ''}>${what}<xpdl2:NodeGraphicsInfos><xpdl2:NodeGraphicsInfo LaneId="${lane}"/></xpdl2:NodeGraphicsInfos></xpdl2:Activity>`,
  )
  .join('')}
</xpdl2:Activities><xpdl2:Transitions><xpdl2:Transition Id="t1" From="1" To="2"/><xpdl2:Transition Id="t2" From="2" To="3"/><xpdl2:Transition Id="t3" From="3" To="4" Name="yes"/><xpdl2:Transition Id="t4" From="3" To="6"><xpdl2:Condition Type="OTHERWISE"/></xpdl2:Transition><xpdl2:Transition Id="t5" From="4" To="5"/><xpdl2:Transition Id="t6" From="5" To="6"/><xpdl2:Transition Id="t7" From="5" To="99" Name="lost"/></xpdl2:Transitions></xpdl2:WorkflowProcess></xpdl2:WorkflowProcesses></xpdl2:Package>`

test('an XPDL process keeps lanes, events, routes and transitions, and says what it loses', () => {
  const drawing = readDrawing('refill.xpdl', bytes(xpdl), 'current')
  if (typeof drawing === 'string') throw new Error(drawing)
  expect(drawing.format).toBe('xpdl')
  expect(said(drawing.graph)).toEqual([
    'Desk: Call (start)',
    'Desk: Take refill (step)',
    'Clinician: Allowed? (decision)',
    'Clinician: Sign (subworkflow)',
    'Clinician: Next day (wait)',
    'Desk: Done (end)',
    'nobody: By noon (note)',
    'Call -> Take refill',
    'Take refill -> Allowed?',
    'Allowed? -> Sign (yes)',
    'Allowed? -> Done (otherwise)',
    'Sign -> Next day',
    'Next day -> Done',
  ])
  expect(drawing.losses.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    '“Sign”: what is inside it is not read; it is drawn closed, as one step',
    'transition “lost”: one of its ends is not an activity of the process, so it is not drawn',
    'MessageFlow Fax: it is not drawn: no case runs along it',
  ])
})

test('XPDL 1.0 without lanes takes the performers as roles and tells of splits without a gateway', () => {
  const old = `<Package xmlns="http://www.wfmc.org/2002/XPDL1.0" Id="d"><WorkflowProcesses><WorkflowProcess Id="w" Name="Old"><Participants><Participant Id="r" Name="Registrar"/></Participants><Activities><Activity Id="1" Name="Register"><Performer>r</Performer><TransitionRestrictions><TransitionRestriction><Split Type="XOR"/></TransitionRestriction></TransitionRestrictions></Activity><Activity Id="2" Name="File"><Performer>Clerk</Performer></Activity><Activity Id="3"><Route/></Activity></Activities><Transitions><Transition From="1" To="2"/><Transition From="1" To="3"/></Transitions></WorkflowProcess></WorkflowProcesses></Package>`
  const drawing = readDrawing('old.xpdl', bytes(old), 'future')
  if (typeof drawing === 'string') throw new Error(drawing)
  expect(said(drawing.graph)).toEqual([
    'Registrar: Register (step)',
    'Clerk: File (step)',
    'nobody:  (decision)',
    'Register -> File',
    'Register -> ',
  ])
  expect(drawing.losses.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    '“Register”: its split (xor) has no gateway of its own; every way out of it is drawn',
  ])
})

test('no file of any kind brings the reader down: cut anywhere, it gives a drawing or a sentence', async () => {
  for (const [name, file] of [
    ['a.xpdl', bytes(xpdl)],
    ['a.csv', bytes(`${lucidHead}\r\n2,Process,,1,,,,,,,,A,,\r\n`)],
    ['a.vsdx', visio(refillPage)],
  ] as const)
    for (let at = 1; at < file.length; at += Math.ceil(file.length / 60)) {
      const drawing = await read(name, file.subarray(0, at))
      if (typeof drawing === 'string') expect(drawing.startsWith(name)).toBe(true)
      else expect(drawing.graph.side).toBe('current')
    }
})
