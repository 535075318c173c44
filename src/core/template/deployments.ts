/** The ways in which a function of a template may come to be deployed. */
import type { Deployment } from './deployment.js'
import { Evaluator } from './evaluate/evaluator.js'
import { impliedBy } from './evaluate/implied.js'
import { inEveryWorld, type Worlds } from './evaluate/worlds.js'
import { plainText, valueAt } from './read/node.js'
import { type Attachments, attachmentsIn } from './role/attachment.js'
import { rolesByName } from './role/execution-role.js'
import type { Resource, Sections } from './sections.js'
import type { TemplateFunction } from './template-function.js'

export class Deployments {
  private readonly sections: Sections
  private readonly parameters: ReadonlyMap<string, string>
  private readonly attachments: Attachments
  private readonly rolesByName: ReadonlyMap<string, Resource>

  constructor(sections: Sections, parameters: ReadonlyMap<string, string>) {
    this.sections = sections
    this.parameters = parameters
    this.attachments = attachmentsIn(sections)
    this.rolesByName = rolesByName(sections)
  }

  /**
   * A function's own condition holds wherever it is deployed, whatever the parameters say.
   * @param decide undefined where there can be no such deployment; it may throw Fork
   */
  of<T>(fn: TemplateFunction, decide: (deployment: Deployment) => T | undefined): Worlds<T> {
    const { sections, attachments, rolesByName: byName } = this
    const condition = plainText(valueAt(fn.resource.body, 'Condition'))
    const start = condition === undefined ? [] : impliedBy(condition, sections.conditions)
    const { worlds, complete } = inEveryWorld(start, (assumed) => {
      const evaluator = new Evaluator(sections, this.parameters, assumed)
      return decide({ sections, attachments, rolesByName: byName, evaluator })
    })
    return {
      worlds: worlds.flatMap(({ assumed, result }) => (result === undefined ? [] : [{ assumed, result }])),
      complete,
    }
  }
}
