/** The way from a finding or a criterion to the page that says how it is decided. */
export function RuleLink({ code }: { readonly code: string }) {
  return (
    <p className="no-print">
      <a href={`#/help/rules/${code}`}>How this is decided, with examples</a>
    </p>
  )
}
