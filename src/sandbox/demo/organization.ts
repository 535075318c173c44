/** The organization around the demo account: three members, of which one cannot be entered and one not read everywhere. */
import type { PolicyDocument } from '../policy/document.js'
import type { RoleSeed } from '../world/account.js'
import { SEEDED_AT } from '../world/function-seed.js'
import type { MemberSeed, Organization } from '../world/organization.js'
import type { World } from '../world.js'
import { addFunctions } from './add-functions.js'
import type { DemoFunction } from './functions.js'

interface DemoMember extends MemberSeed {
  roles: readonly RoleSeed[]
  functions: Readonly<Record<string, readonly DemoFunction[]>>
  /** Where a service control policy denies everything. */
  denied?: readonly string[]
}

const AGGREGATOR = 'org-aggregator'
const BASIC = 'AWSLambdaBasicExecutionRole'
const WRITE = 'AWSXRayDaemonWriteAccess'

const active = { mode: 'Active' as const }
const off = { mode: 'PassThrough' as const }
const python = { runtime: 'python3.13', handler: 'app.handler' }

const noTracing: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'NoTracesOfCards', Effect: 'Deny', Action: 'xray:Put*', Resource: '*' }],
}

const MEMBERS: readonly DemoMember[] = [
  {
    id: '210987654321',
    name: 'acme-payments-prod',
    roles: [
      { name: 'ledger-role', managed: [BASIC, WRITE] },
      { name: 'card-vault-role', managed: [BASIC, WRITE], inline: { 'card-data': noTracing } },
    ],
    functions: {
      'us-east-1': [
        { name: 'ledger-api', role: 'ledger-role', ...active, tags: { tier: 'gold' }, stack: 'ledger' },
        {
          name: 'ledger-writer',
          role: 'ledger-role',
          ...active,
          versions: [off, active],
          aliases: [{ name: 'live', version: '1' }],
          tags: { tier: 'gold' },
          stack: 'ledger',
        },
        { name: 'card-tokenizer', role: 'card-vault-role', ...active, memorySize: 512 },
      ],
      'eu-west-1': [
        { name: 'ledger-api', role: 'ledger-role', ...active, tags: { tier: 'gold' }, stack: 'ledger-eu' },
        { name: 'chargeback-import', role: 'ledger-role', ...off, ...python },
      ],
    },
  },
  {
    id: '345678901234',
    name: 'acme-data',
    roles: [{ name: 'pipeline-role', managed: [BASIC, WRITE] }],
    functions: {
      'us-east-1': [
        { name: 'lake-ingest', role: 'pipeline-role', ...active, ...python, eventSources: [{ kind: 'kinesis' }] },
        { name: 'lake-compaction', role: 'pipeline-role', ...off, ...python, memorySize: 3008 },
        { name: 'topic-mirror', role: 'pipeline-role', ...off, ...python, eventSources: [{ kind: 'msk' }] },
      ],
      'eu-central-1': [{ name: 'lake-ingest-eu', role: 'pipeline-role', ...off, ...python }],
    },
    denied: ['eu-central-1'],
  },
  {
    id: '456789012345',
    name: 'acme-parcels',
    joinedMethod: 'INVITED',
    role: false,
    roles: [{ name: 'parcel-role', managed: [BASIC] }],
    functions: {
      'us-east-1': [
        { name: 'parcel-tracker', role: 'parcel-role', ...off },
        { name: 'parcel-labels', role: 'parcel-role', ...off },
      ],
    },
  },
]

/** Makes the account the management account; everything in the organization has been recorded by AWS Config. */
export function addDemoOrganization(world: World, managementId: string): void {
  const organization = world.createOrganization(managementId, 'acme-platform')
  for (const member of MEMBERS) addMember(organization, member)
  for (const id of organization.members.keys()) {
    for (const { recorder } of world.account(id).regions.values()) recorder.record(SEEDED_AT)
  }
  organization.management.region('us-east-1').addAggregator({ name: AGGREGATOR })
}

function addMember(organization: Organization, { roles, functions, denied, ...seed }: DemoMember): void {
  const account = organization.addAccount(seed)
  for (const role of roles) account.addRole(role)
  addFunctions(account, functions)
  if (denied !== undefined) organization.denyRegions(account.id, ...denied)
}
