/** The table of all routes: the server answers by it, and a test asks each of its lines as a stranger. */

import { accountRoutes } from './account-routes.ts'
import { adminRoutes } from './admin-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { projectRoutes } from './project-routes.ts'
import type { Route } from './route.ts'
import { runRoutes } from './run-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

export const routes: readonly Route[] = [
  ...accountRoutes,
  ...signInRoutes,
  ...projectRoutes,
  ...deviceRoutes,
  ...keyRoutes,
  ...runRoutes,
  ...adminRoutes,
  ...auditRoutes,
]
