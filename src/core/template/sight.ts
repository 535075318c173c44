/** What a template makes of a function in one deployment. */
import type { Deployment } from './deployment.js'
import { type RolePermission, tracePermission } from './role/trace-permission.js'
import type { TemplateFunction } from './template-function.js'
import { type Mode, tracingMode } from './tracing-mode.js'

/** The role matters where the mode is Active, and only there it is looked at. */
export type Sight = { mode: Mode; role?: undefined } | { mode: Mode & { mode: 'Active' }; role: RolePermission }

/**
 * @returns undefined where the role is not created, so that the function cannot be either
 * @throws Fork
 */
export function seen(fn: TemplateFunction, deployment: Deployment): Sight | undefined {
  const mode = tracingMode(fn, deployment)
  if (mode.mode !== 'Active') return { mode }
  const role = tracePermission(fn, deployment)
  return role && { mode, role }
}
