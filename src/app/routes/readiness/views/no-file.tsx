/** What stands in the place of a view whose file is not there, or can not be read: which one, and where to add it. */
import type { InputKind } from '../../../../core/readiness/input-files/files.ts'
import { inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { ButtonLink } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/panel.tsx'

export function NoFile({ kind, because }: { readonly kind: InputKind; readonly because?: string }) {
  const { title, found } = inputFiles[kind]
  return (
    <EmptyState title={because ?? `Nothing to show without the file: ${title.toLowerCase()}`}>
      <p>A clinic finds it as: {found}. It needs every column that its page calls needed, and a row.</p>
      <ButtonLink href={`#/readiness/inputs?kind=${kind}`} look="primary">
        Open the file: {title.toLowerCase()}
      </ButtonLink>
    </EmptyState>
  )
}
