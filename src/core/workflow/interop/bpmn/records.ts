/** Records of a map while a BPMN document is read: every id used once, every loss with its line. */
import type { Json } from '../../../canonical.ts'
import type { Loss } from '../loss/loss.ts'

export type JsonRecord = { readonly [name: string]: Json }

export class Records {
  readonly lanes: JsonRecord[] = []
  readonly nodes: JsonRecord[] = []
  readonly edges: JsonRecord[] = []
  readonly losses: Loss[] = []
  /** Id in the document → id on the map, one table for each sort of record. */
  private readonly ids = { lanes: new Map<string, string>(), nodes: new Map<string, string>(), edges: new Map<string, string>() }
  private readonly shown = new Set<string>()
  private readonly taken = { lanes: new Set<string>(), nodes: new Set<string>(), edges: new Set<string>() }

  lost(id: string, what: string, why: string): void {
    this.losses.push({ id, what, why })
  }

  /** The id of a record on the map: the one it had there, else that of the document; a second record of one id gets a number. */
  idFor(sort: 'lanes' | 'nodes' | 'edges', inDocument: string | undefined, onMap: Json | undefined, what: string): string {
    const wanted = typeof onMap === 'string' && onMap !== '' ? onMap : (inDocument ?? '')
    const base = wanted === '' ? what : wanted
    let id = base
    for (let n = 2; this.taken[sort].has(id); n++) id = `${base}-${n}`
    this.taken[sort].add(id)
    if (inDocument === undefined || inDocument === '') this.lost(id, what, 'it had no id; it got one')
    else {
      if (this.ids[sort].has(inDocument)) this.lost(inDocument, what, `its id is used twice; this one is now ${id}`)
      else this.ids[sort].set(inDocument, id)
      this.shown.add(inDocument)
    }
    return id
  }

  /** Something of the document that the map draws by way of a record, such as a pool or an attached event. */
  draws(inDocument: string | undefined): void {
    if (inDocument !== undefined) this.shown.add(inDocument)
  }

  isDrawn(inDocument: string): boolean {
    return this.shown.has(inDocument)
  }

  node(inDocument: string | null): string | null {
    return inDocument === null ? null : (this.ids.nodes.get(inDocument) ?? null)
  }
}
