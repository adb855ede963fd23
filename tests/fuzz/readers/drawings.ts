/** Drawings of workflows in every form that is read, and times beside them. */
import { type Zippable, zipSync } from 'fflate'
import { writeBpmn } from '../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import type { Drawing } from '../../../src/core/workflow/interop/formats.ts'
import { writeMarkdown } from '../../../src/core/workflow/interop/markdown.ts'
import { writeMermaid } from '../../../src/core/workflow/interop/mermaid.ts'
import { readParameters } from '../../../src/core/workflow/interop/parameters/read-parameters.ts'
import { readPastedList } from '../../../src/core/workflow/interop/pasted-list.ts'
import { readSketch, writeSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { writeStepList } from '../../../src/core/workflow/interop/step-list.ts'
import { writeSvg } from '../../../src/core/workflow/interop/svg.ts'
import { readWorkflow } from '../../../src/core/workflow/map/files.ts'
import type { Graph } from '../../../src/core/workflow/map/workflow.ts'
import { graphText } from '../../../src/core/workflow/map/write.ts'
import { readDrawingFrom } from '../../../src/io/workflow/drawing.ts'
import { demand, demandSentence, envelope, type FuzzReader, filesIn, same, signal, textBytes } from '../reader.ts'

const shape = ({ nodes, edges, lanes }: Graph): unknown => [
  [...nodes.values()].map(({ id, type, label, lane }) => [id, type, label, lane]).sort(),
  [...edges.values()].map(({ id, from, to, label }) => [id, from, to, label]).sort(),
  [...lanes.values()].map(({ id, label }) => [id, label]).sort(),
]

async function read(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Drawing | null> {
  const drawing = await readDrawingFrom(name, bytes, 'current', signal)
  if (typeof drawing !== 'string') return drawing
  demandSentence(drawing)
  return null
}

/** A map that was read can be written in every form; its own form gives it back. */
async function writtenAgain({ graph }: Drawing): Promise<void> {
  writeSvg(graph)
  writeMarkdown(graph)
  writeMermaid(graph)
  writeStepList(graph)
  writeSketch(graph)
  const text = graphText(graph)
  const again = await read('map.json', textBytes(text))
  if (graph.nodes.size > 0) same(text, again && graphText(again.graph), 'written and read again')
}

const start =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
const bpmnText = `<?xml version="1.0" encoding="UTF-8"?>
<definitions ${start} id="d"><collaboration id="c"><participant id="pool" name="Clinic" processRef="p"/><messageFlow id="m" sourceRef="t1" targetRef="pool"/></collaboration>
<process id="p" name="Refill"><laneSet><lane id="l1" name="Nurse"><flowNodeRef>t1</flowNodeRef></lane><lane id="l2" name="Doctor"/></laneSet>
<startEvent id="s"><outgoing>f1</outgoing></startEvent><userTask id="t1" name="Take &amp; check"/><exclusiveGateway id="g" name="Ok?" default="f3"/><subProcess id="sub" name="Inside"><task id="in" name="Deep"/></subProcess><intermediateCatchEvent id="w"><timerEventDefinition><timeDuration>PT5M</timeDuration></timerEventDefinition></intermediateCatchEvent><endEvent id="e"/><boundaryEvent id="b" attachedToRef="t1"/><dataObjectReference id="o" name="Form"/><textAnnotation id="n"><text>Note</text></textAnnotation><association id="a" sourceRef="n" targetRef="t1"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t1"/><sequenceFlow id="f2" sourceRef="t1" targetRef="g"/><sequenceFlow id="f3" name="yes" sourceRef="g" targetRef="e"/><sequenceFlow id="f4" sourceRef="g" targetRef="sub"><conditionExpression>no</conditionExpression></sequenceFlow></process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="c"><bpmndi:BPMNShape bpmnElement="t1"><dc:Bounds x="10" y="20" width="100" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>`

const bpmn: FuzzReader = {
  name: 'bpmn',
  seeds: [bpmnText],
  words: [
    '<task id="',
    '<sequenceFlow id="',
    'sourceRef="',
    'targetRef="',
    '<subProcess id="',
    '<lane id="',
    '<flowNodeRef>',
    '<extensionElements>',
    '<dc:Bounds x="',
    '1e308',
    '<boundaryEvent',
    '<callActivity',
    '<standardLoopCharacteristics/>',
    '<participant',
    '<incoming>',
    'name=""',
    'id="t1"',
    'PT1H',
    'xmlns:carryover="',
  ],
  async run(bytes) {
    const drawing = await read('map.bpmn', bytes)
    if (drawing === null) return
    await writtenAgain(drawing)
    const { text } = writeBpmn(drawing.graph)
    const again = await read('map.bpmn', textBytes(text))
    demand(again !== null, 'what was written as BPMN is refused')
    if (drawing.format === 'bpmn') same(shape(drawing.graph), shape(again.graph), 'written as BPMN and read again')
  },
}

const drawioText = `<mxfile><diagram id="p" name="Refill"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="pool" value="Clinic" style="swimlane;horizontal=0" vertex="1" parent="1"><mxGeometry width="600" height="300"/></mxCell>
<mxCell id="lane" value="Nurse" style="swimlane;html=1" vertex="1" parent="pool"><mxGeometry y="20" width="600" height="150"/></mxCell>
<mxCell id="a" value="&lt;b&gt;Take&lt;/b&gt;&amp;nbsp;it" style="rounded=1;html=1" vertex="1" parent="lane"><mxGeometry x="40" y="40" width="120" height="60"/></mxCell>
<UserObject id="u" label="Check"><mxCell style="rhombus" vertex="1" parent="lane"><mxGeometry x="240" y="40" width="80" height="80"/></mxCell></UserObject>
<mxCell id="e1" style="edgeStyle=orthogonal" edge="1" source="a" target="u" parent="1"><mxGeometry relative="1"/></mxCell><mxCell id="el" value="yes" parent="e1" vertex="1"/></root></mxGraphModel></diagram></mxfile>`
const packedPage =
  '<mxfile><diagram name="P">jZJNT8MwDIZ/Ta7QtBNwXVeGhEBCGxLnrHHbQFpXqbeu/PqlS7JtmpC4tPbjr/i1BS+78cWKXr+jAiPyTI2CVyLPl0W2EM9MzQI</diagram></mxfile>'

const drawio: FuzzReader = {
  name: 'drawio',
  seeds: [drawioText, packedPage],
  words: [
    '<mxCell id="',
    'parent="',
    'source="',
    'target="',
    'edge="1"',
    'style="swimlane"',
    'style="group"',
    'shape=mxgraph.bpmn.event;',
    '<object id="',
    '<mxGeometry x="',
    '1e308',
    '&lt;br&gt;',
    '&amp;#120;',
    '&#1114111;',
    'UserObject',
    '<diagram>',
  ],
  async run(bytes) {
    const drawing = await read('map.drawio', bytes)
    if (drawing !== null) await writtenAgain(drawing)
  },
}

const visio: FuzzReader = {
  name: 'visio',
  seeds: [
    envelope({
      'visio/pages/pages.xml': '<Pages xmlns:r="urn:r"><Page ID="0" Name="One"><Rel r:id="rId1"/></Page></Pages>',
      'visio/pages/_rels/pages.xml.rels': '<Relationships><Relationship Id="rId1" Target="page1.xml"/></Relationships>',
      'visio/pages/page1.xml':
        '<PageContents><Shapes><Shape ID="1" Master="2" NameU="Process"><Cell N="PinX" V="2"/><Cell N="PinY" V="5"/><Cell N="Width" V="1"/><Cell N="Height" V="1"/><Text>Take</Text></Shape><Shape ID="2" NameU="Decision"><Cell N="PinX" V="5"/><Cell N="PinY" V="5"/><Text>Ok?</Text></Shape><Shape ID="3" NameU="Dynamic connector"><Text>yes</Text></Shape><Shape ID="4" NameU="Swimlane" Type="Group"><Cell N="Width" V="9"/><Cell N="Height" V="4"/><Shapes><Shape ID="5"><Text>Nurse</Text></Shape></Shapes></Shape></Shapes><Connects><Connect FromSheet="3" FromCell="BeginX" ToSheet="1"/><Connect FromSheet="3" FromCell="EndX" ToSheet="2"/></Connects></PageContents>',
      'visio/masters/masters.xml': '<Masters xmlns:r="urn:r"><Master ID="2" NameU="Process"><Rel r:id="m1"/></Master></Masters>',
      'visio/masters/_rels/masters.xml.rels': '<Relationships><Relationship Id="m1" Target="master1.xml"/></Relationships>',
      'visio/masters/master1.xml':
        '<MasterContents><Shapes><Shape ID="1"><Cell N="Width" V="1.5"/></Shape></Shapes></MasterContents>',
    }),
  ],
  words: [
    '<Shape ID="',
    'Master="',
    '<Cell N="PinX" V="',
    'NameU="',
    '<Connect FromSheet="',
    '<Text>',
    '<Shapes>',
    'Type="Group"',
    '1e308',
    'Background="1"',
    'Target="../',
  ],
  async run(bytes) {
    const parts: Zippable = Object.create(null)
    for (const [path, content] of filesIn(bytes)) parts[path] = [content, { level: 0 }]
    const drawing = await read('map.vsdx', Uint8Array.from(zipSync(parts)))
    if (drawing !== null) await writtenAgain(drawing)
  },
}

const map = JSON.stringify({
  format: 'carryover-workflow/1',
  id: 'refill',
  side: 'current',
  label: 'Refill',
  lanes: [{ id: 'nurse', label: 'Nurse', order: 0 }],
  elements: [],
  nodes: [
    { id: 'a', type: 'step', label: 'Take', lane: 'nurse', medium: 'paper', facts: {} },
    { id: 'b', type: 'decision', label: 'Ok?' },
    { id: 'w', type: 'wait', label: 'Wait', x: 10, y: 20 },
  ],
  edges: [{ id: 'e', from: 'a', to: 'b', label: 'yes', probability: 0.5 }],
})

const lists: FuzzReader = {
  name: 'lists',
  seeds: [
    map,
    'Step,Role,Type,Minutes,Next\n1 Take the call,Front desk,step,3-5,2\n2 Check,Nurse,decision,~2,3; 4\n3 Book,Nurse,step,00:01,\n',
    'Id,Name,Shape Library,Page ID,Contained By,Group,Line Source,Line Destination,Source Arrow,Destination Arrow,Status,Text Area 1\n1,Document,,,,,,,,,,x\n2,Page,,,,,,,,,,P\n3,Process,Flow,2,,,,,,,,Take\n4,Decision,Flow,2,,,,,,,,Ok\n5,Line,,2,,,3,4,None,Arrow,,yes\n',
    '<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"><WorkflowProcesses><WorkflowProcess Id="p" Name="R"><Activities><Activity Id="a" Name="Take"><Implementation><No/></Implementation></Activity><Activity Id="g"><Route GatewayType="XOR"/></Activity></Activities><Transitions><Transition Id="t" From="a" To="g"/></Transitions></WorkflowProcess></WorkflowProcesses></Package>',
    'Nurse: Take the call 3 min\n  -> Check [paper]\nDoctor: Sign? yes -> Send 1 h\n- one\n- two\n',
  ],
  words: [
    '"nodes":[',
    '"lane":"',
    '"type":"subworkflow"',
    '"inside":',
    '"x":1e308',
    '__proto__',
    '->',
    '=>',
    ' min',
    '3-5 h',
    '~',
    'PT5M',
    ',step,',
    ',decision,',
    '\t',
    'Line Source',
    '<Activity Id="',
    '<Transition From="',
    '<Lane Id="',
    '<NodeGraphicsInfo',
    '[ ',
    '] ',
    '? ',
    '%',
  ],
  async run(bytes) {
    const text = new TextDecoder().decode(bytes)
    for (const name of ['steps.csv', 'map.json']) {
      const drawing = await read(name, bytes)
      if (drawing !== null) await writtenAgain(drawing)
    }
    graphText(readPastedList(text, 'current'))
    const { graph } = readSketch(text, 'current')
    readSketch(writeSketch(graph), 'current')
  },
}

const { value: workflow } = readWorkflow('refill', { current: JSON.parse(map) })

const parameters: FuzzReader = {
  name: 'parameters',
  seeds: [
    '<bpsim:BPSimData xmlns:bpsim="http://www.bpsim.org/schemas/1.0"><bpsim:Scenario id="s" name="S"><bpsim:ScenarioParameters><bpsim:Duration><bpsim:DurationParameter value="P1D"/></bpsim:Duration></bpsim:ScenarioParameters><bpsim:ElementParameters elementRef="a"><bpsim:TimeParameters><bpsim:ProcessingTime><bpsim:TriangularDistribution min="1" max="5" mode="2"/></bpsim:ProcessingTime></bpsim:TimeParameters><bpsim:ControlParameters><bpsim:Probability><bpsim:FloatingParameter value="0.4"/></bpsim:Probability></bpsim:ControlParameters></bpsim:ElementParameters></bpsim:Scenario></bpsim:BPSimData>',
    '{"resource_profiles":[{"id":"r","name":"Nurse","resource_list":[{"id":"n1","cost_per_hour":"35","amount":2,"calendar":"c"}]}],"arrival_time_distribution":{"distribution_name":"expon","distribution_params":[{"value":0},{"value":1800},{"value":1},{"value":9000}]},"arrival_time_calendar":[{"from":"MONDAY","to":"FRIDAY","beginTime":"09:00:00","endTime":"17:00:00"}],"gateway_branching_probabilities":[{"gateway_id":"b","probabilities":[{"path_id":"e","value":"0.5"}]}],"task_resource_distribution":[{"task_id":"a","resources":[{"resource_id":"n1","distribution_name":"norm","distribution_params":[{"value":60},{"value":5},{"value":1},{"value":99}]}]}],"resource_calendars":[{"id":"c","name":"C","time_periods":[]}]}',
  ],
  words: [
    '<bpsim:NormalDistribution mean="',
    'elementRef="',
    'value="',
    '"distribution_name":"',
    '"distribution_params":[',
    '"value":',
    'null',
    '1e400',
    '-1',
    'P1DT',
    'MONDAY',
    '"resource_list":[',
  ],
  async run(bytes) {
    const read = readParameters('p.json', bytes, workflow, 'current')
    if (typeof read === 'string') demandSentence(read)
  },
}

export const drawingReaders = [bpmn, drawio, visio, lists, parameters]
