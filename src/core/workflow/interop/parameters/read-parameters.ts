/** Simulation parameters of another tool, whichever it is: by content, never by the name of the file. */
import type { Json } from '../../../canonical.ts'
import type { Workflow, WorkflowSide } from '../../map/workflow.ts'
import { XmlFault } from '../../xml/xml-fault.ts'
import { readBpsim } from './bpsim.ts'
import type { ImportedParameters } from './imported.ts'
import { readProsimos } from './prosimos.ts'

/** Or a sentence that says what the file is and what to do. */
export function readParameters(
  name: string,
  bytes: Uint8Array,
  workflow: Workflow,
  side: WorkflowSide,
): ImportedParameters | string {
  const none = `${name} holds no simulation parameters: it takes BPSim (XML, also inside a BPMN file) or the JSON of Prosimos.`
  const first = bytes.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
  try {
    if (first !== 0x7b) return readBpsim(bytes, workflow, side) ?? none
    const json: Json = JSON.parse(new TextDecoder().decode(bytes))
    return readProsimos(json, workflow, side) ?? none
  } catch (error) {
    if (error instanceof XmlFault) return `${name} could not be read: ${error.message}`
    if (error instanceof SyntaxError) return `${name} could not be read: ${error.message}.`
    throw error
  }
}
