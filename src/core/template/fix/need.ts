/** What has to be changed so that a function is traced, or is not. */
import type { Permission } from '../../policy/permission.js'
import type { Deployments } from '../deployments.js'
import type { Splice } from '../edit.js'
import { permissionWithGrant, type RolePermission, tracePermission } from '../role/trace-permission.js'
import type { Resource } from '../sections.js'
import { seen } from '../sight.js'
import type { TemplateFunction } from '../template-function.js'
import { grant } from './grant-site.js'
import { type EditedPage, type ModeSite, modeSite } from './mode-site.js'
import { Obstacle } from './obstacle.js'

export interface Change extends Splice {
  /** What it is for, one line. */
  why: string
}

/** Undefined where it is as wanted already. With an obstacle, nothing of the need should be met. */
export interface Need {
  mode: ModeSite | Obstacle | undefined
  roles: Change[] | Obstacle
}

export class Needs {
  private readonly deployments: Deployments
  private readonly page: EditedPage
  /** One change for each role, however many functions have it. */
  private readonly grants = new Map<Resource, Change | Obstacle>()

  constructor(deployments: Deployments, page: EditedPage) {
    this.deployments = deployments
    this.page = page
  }

  /** @param granted changes of roles that are made anyway */
  of(fn: TemplateFunction, to: 'Active' | 'PassThrough', granted: ReadonlySet<Change>): Need {
    return { mode: this.modeNeed(fn, to), roles: to === 'Active' ? this.roleNeed(fn, granted) : [] }
  }

  private modeNeed(fn: TemplateFunction, to: 'Active' | 'PassThrough'): ModeSite | Obstacle | undefined {
    const { entry } = fn.resource
    const { worlds, complete } = this.deployments.of(fn, (deployment) => seen(fn, deployment))
    if (!complete) return new Obstacle(entry.key.start, 'its mode depends on more than can be followed')
    if (worlds.length === 0) return new Obstacle(entry.key.start, 'its role is never created together with it')
    if (worlds.every(({ result }) => result.mode.mode === to)) return undefined
    return modeSite(fn, this.page)
  }

  private roleNeed(fn: TemplateFunction, granted: ReadonlySet<Change>): Change[] | Obstacle {
    const { key } = fn.resource.entry
    const { worlds, complete } = this.deployments.of(fn, (deployment): Outlook | undefined => {
      const now = tracePermission(fn, deployment)
      if (now === undefined || now.enough || now.resource === undefined) return now && { now }
      return { now, change: this.grantTo(now.resource), afterwards: permissionWithGrant(now.resource, deployment) }
    })
    if (!complete) return new Obstacle(key.start, 'its role depends on more than can be followed')
    const lacking = worlds.map(({ result }) => result).filter(({ now }) => !now.enough)
    const hopeless = lacking.find(({ afterwards }) => !afterwards?.enough)
    if (hopeless) return new Obstacle(hopeless.now.resource?.entry.key.start ?? key.start, whyHopeless(hopeless))
    const changes = [...new Set(lacking.flatMap(({ change }) => change ?? []))]
    const obstacle = changes.find((change): change is Obstacle => change instanceof Obstacle)
    if (obstacle) return obstacle
    const splices = changes.filter((change): change is Change => !(change instanceof Obstacle))
    const roles = new Set(worlds.map(({ result }) => result.now.resource))
    if (roles.size > 1 && !splices.every((change) => granted.has(change)))
      return new Obstacle(key.start, 'its Role stands behind a condition')
    return splices
  }

  private grantTo(role: Resource): Change | Obstacle {
    const known = this.grants.get(role)
    if (known !== undefined) return known
    const splice = grant(role, this.page)
    const change = splice instanceof Obstacle ? splice : { ...splice, why: `lets role ${role.logicalId} write traces` }
    this.grants.set(role, change)
    return change
  }
}

/** Of one deployment. */
interface Outlook {
  now: RolePermission
  /** What would help a role of the template that cannot write. */
  change?: Change | Obstacle
  /** How it would be then. */
  afterwards?: { permission: Permission; enough: boolean }
}

function whyHopeless({ now, afterwards }: Outlook): string {
  return `a further policy would not help: ${(afterwards ?? now).permission.because}`
}
