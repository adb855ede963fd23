/** A path of an element or a file in code letters; it breaks behind its dots and slashes, not inside a name. */
import { Fragment } from 'react'

export function PathCode({ path }: { readonly path: string }) {
  const parts = path.split(/(?<=[./])/)
  return (
    <code>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text in their order
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  )
}
