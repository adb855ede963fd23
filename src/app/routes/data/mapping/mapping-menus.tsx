/** Taking a mapping in and handing it out. */
import { useRef } from 'react'
import { mappingSpecification } from '../../../../core/data/crosswalk/documents/specification.ts'
import { structureMap } from '../../../../core/data/crosswalk/documents/structure-map.ts'
import { writeFields } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { MenuButton } from '../../../components/menu-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { importFieldMap, type OpenMapping } from '../acts/mapping.ts'
import { exportMapped } from '../acts/mapping-help.ts'

export function MappingMenus({ open }: { readonly open: OpenMapping }) {
  const title = useWorkspace((w) => `${w.project?.manifest.legacy ?? ''} to ${w.project?.manifest.target ?? ''}: mapping`)
  const name = useWorkspace((w) => w.project?.manifest.id ?? 'mapping')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void importFieldMap(files)
        }}
      />
      <MenuButton
        label="Import"
        choices={[
          {
            id: 'fields',
            label: 'Field map and value maps (CSV)…',
            detail: 'fields.csv with the files of values/; one step of undo',
          },
        ]}
        onChoose={() => input.current?.click()}
      />
      <MenuButton
        label="Export"
        isDisabled={!open.exists}
        choices={[
          { id: 'fields', label: 'Field map (CSV)', detail: 'mapping/fields.csv of the project' },
          {
            id: 'specification',
            label: 'Specification (Markdown)',
            detail: 'every field, value and reason, for those who sign it',
          },
          {
            id: 'structure-map',
            label: 'StructureMap (FHIR mapping language)',
            detail: 'rules and value maps; what the language can not say is a comment',
          },
          {
            id: 'records',
            label: 'Target records and rejects',
            detail: 'runs the mapping; one zip that holds data of patients',
          },
        ]}
        onChoose={(id) => {
          if (id === 'records') void exportMapped()
          else if (id === 'fields') download('fields.csv', writeFields(open.mapping.fields), 'text/csv')
          else if (id === 'structure-map') download('mapping.map', structureMap(name, open.mapping).text, 'text/fhir-mapping')
          else download('mapping.md', mappingSpecification(title, open.mapping), 'text/markdown')
        }}
      />
    </>
  )
}
