const tabs = [
  { id: 'gates', label: 'Gates', href: '#/readiness' },
  { id: 'risks', label: 'Risks', href: '#/readiness/risks' },
  { id: 'views', label: 'Views', href: '#/readiness/views/integration' },
  { id: 'practices', label: 'Practices', href: '#/readiness/practices' },
  { id: 'files', label: 'Files', href: '#/readiness/inputs' },
  { id: 'reports', label: 'Reports', href: '#/readiness/reports' },
] as const

export function BoardTabs({ shown }: { readonly shown: (typeof tabs)[number]['id'] }) {
  return (
    <nav aria-label="Board" className={`tabs no-print`}>
      <ul className="row-start">
        {tabs.map(({ id, label, href }) => (
          <li key={id}>
            <a href={href} aria-current={id === shown ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
