/** Which service a request is for. */
import { accountManagementService, LIST_REGIONS_PATH } from './account-management.js'
import {
  CLOUDWATCH_TARGET,
  CLOUDWATCH_VERSION,
  cloudWatchQueryService,
  cloudWatchService,
} from './cloudwatch/service.js'
import { CONFIG_TARGET, configService } from './config/service.js'
import { EC2_VERSION, ec2Service } from './ec2.js'
import { iamService } from './iam/service.js'
import { lambdaService } from './lambda/service.js'
import { ORGANIZATIONS_TARGET, organizationsService } from './organizations.js'
import { stsService } from './sts.js'
import { TAGGING_TARGET, taggingService } from './tagging/service.js'
import type { Caller } from './wire/caller.js'
import type { HttpRequest } from './wire/http-request.js'
import { targetOf } from './wire/json-rpc.js'
import type { Service } from './wire/service.js'
import { XRAY_PATHS, xrayService } from './xray/service.js'

/** By the name that requests are signed with. */
const SERVICES: ReadonlyMap<string, Service> = new Map(
  Object.entries({
    lambda: lambdaService,
    iam: iamService,
    sts: stsService,
    tagging: taggingService,
    account: accountManagementService,
    ec2: ec2Service,
    organizations: organizationsService,
    config: configService,
    xray: xrayService,
    monitoring: cloudWatchService,
  }),
)

/** By the first part of `X-Amz-Target`. */
const BY_TARGET: ReadonlyMap<string, Service> = new Map([
  [TAGGING_TARGET, taggingService],
  [ORGANIZATIONS_TARGET, organizationsService],
  [CONFIG_TARGET, configService],
  [CLOUDWATCH_TARGET, cloudWatchService],
])

export function hasService(name: string): boolean {
  return SERVICES.has(name)
}

/** Without a known service the format follows the request: forms get XML, the rest JSON. */
export function serviceOf(request: HttpRequest, caller: Caller | undefined): Service {
  const known = SERVICES.get(caller?.service ?? '')
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  if (known === cloudWatchService && form) return cloudWatchQueryService
  if (known !== undefined) return known
  if (form) {
    if (request.body.includes(`Version=${CLOUDWATCH_VERSION}`)) return cloudWatchQueryService
    if (request.body.includes('Version=2011-06-15')) return stsService
    return request.body.includes(`Version=${EC2_VERSION}`) ? ec2Service : iamService
  }
  for (const [target, service] of BY_TARGET) if (targetOf(request, target) !== undefined) return service
  const [first = ''] = request.segments
  if (XRAY_PATHS.has(first)) return xrayService
  return first === LIST_REGIONS_PATH ? accountManagementService : lambdaService
}
