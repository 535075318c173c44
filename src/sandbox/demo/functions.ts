/** The demo account's functions, region by region. */
import type { FunctionSeed } from '../world/function-seed.js'

/** `role` is a role's name here; `stack` is the CloudFormation stack that owns the function. */
export type DemoFunction = FunctionSeed & { stack?: string }

const active = { mode: 'Active' as const }
const off = { mode: 'PassThrough' as const }
const ACTIVE = 'Active' as const
const OFF = 'PassThrough' as const

const python = { runtime: 'python3.13', handler: 'app.handler' }
const java = { runtime: 'java21', handler: 'com.example.orders.Handler::handleRequest', memorySize: 1024 }
const sam = { 'lambda:createdBy': 'SAM' }

const DATADOG = 'arn:aws:lambda:us-east-1:464622532012:layer:Datadog-Extension:86'
const ADOT = 'arn:aws:lambda:us-east-1:901920570463:layer:aws-otel-nodejs-amd64-ver-1-30-2:1'

export const US_EAST_1: readonly DemoFunction[] = [
  {
    name: 'checkout-api',
    role: 'checkout-api-role',
    ...off,
    versions: [{ mode: OFF }, { mode: OFF }],
    memorySize: 512,
    description: 'Takes the customer from basket to order',
    environment: { TABLE_NAME: 'checkout', STRIPE_API_KEY: 'sk_demo_51Hx0checkout' },
    tags: { team: 'checkout', tier: 'gold' },
  },
  { name: 'checkout-tax-rates', role: 'shared-basic-role', ...off, tags: { team: 'checkout', tier: 'silver' } },
  {
    name: 'payments-worker',
    role: 'payments-role',
    ...active,
    versions: [{ mode: OFF }],
    aliases: [{ name: 'live', version: '1' }],
    environment: { DB_PASSWORD: 'demo-payments-password' },
    eventSources: [{ kind: 'sqs' }],
    tags: { team: 'payments', tier: 'gold' },
    stack: 'payments-prod',
  },
  {
    name: 'payments-refunds',
    role: 'payments-role',
    ...active,
    versions: [{ mode: ACTIVE }],
    aliases: [{ name: 'live', version: '1' }],
    tags: { team: 'payments', tier: 'gold' },
    stack: 'payments-prod',
  },
  {
    name: 'order-api',
    role: 'orders-service-role',
    ...active,
    ...java,
    snapStart: true,
    versions: [{ mode: OFF }, { mode: ACTIVE }],
    aliases: [{ name: 'live', version: '2' }],
    tags: { team: 'orders', tier: 'gold' },
  },
  {
    name: 'order-events-consumer',
    role: 'orders-service-role',
    ...active,
    ...java,
    eventSources: [{ kind: 'sqs' }],
    tags: { team: 'orders', tier: 'gold' },
  },
  { name: 'order-archiver', role: 'orders-service-role', ...off, ...python, tags: { team: 'orders' } },
  { name: 'order-export-nightly', role: 'orders-service-role', ...off, ...python, tags: { team: 'orders' } },
  { name: 'inventory-sync', role: 'inventory-role', ...active, ...python, tags: { ...sam }, stack: 'inventory' },
  { name: 'inventory-api', role: 'inventory-role', ...off, tags: { ...sam, tier: 'silver' }, stack: 'inventory' },
  {
    name: 'inventory-reserve',
    role: 'inventory-role',
    ...active,
    versions: [{ mode: ACTIVE }, { mode: ACTIVE }],
    aliases: [{ name: 'canary', version: '1', weights: { '2': 0.1 } }],
    tags: { ...sam },
    stack: 'inventory',
  },
  { name: 'catalog-search', role: 'orders-service-role', ...off, packageType: 'Image', memorySize: 2048 },
  { name: 'catalog-thumbnailer', role: 'orders-service-role', ...off, updating: true, architectures: ['arm64'] },
  { name: 'catalog-price-feed', role: 'shared-basic-role', mode: undefined },
  {
    name: 'email-dispatcher',
    role: 'shared-basic-role',
    ...active,
    environment: { SMTP_PASSWORD: 'demo-smtp-password' },
  },
  { name: 'newsletter-scheduler', role: 'shared-basic-role', ...off },
  { name: 'session-cleanup', role: 'shared-basic-role', ...off, ...python },
  { name: 'clickstream-consumer', role: 'analytics-role', ...off, eventSources: [{ kind: 'kafka' }] },
  { name: 'analytics-rollup', role: 'analytics-role', ...active, ...python, eventSources: [{ kind: 'kinesis' }] },
  { name: 'analytics-export', role: 'analytics-role', mode: undefined, ...python },
  { name: 'etl-customer-merge', role: 'etl-role', ...active, ...python, memorySize: 3008 },
  { name: 'etl-daily-load', role: 'etl-role', ...off, ...python },
  { name: 'reports-builder', role: 'reporting-role', ...off, stack: 'reporting' },
  { name: 'reports-mailer', role: 'reporting-role', ...active, stack: 'reporting' },
  { name: 'legacy-importer', role: 'legacy-importer-role', ...off, runtime: 'nodejs18.x' },
  { name: 'legacy-invoice-pdf', role: 'shared-basic-role', ...off, runtime: 'nodejs12.x' },
  {
    name: 'platform-audit-shipper',
    role: 'platform-admin-role',
    ...active,
    layers: [DATADOG],
    environment: { DD_API_KEY: 'demo-datadog-key' },
  },
  {
    name: 'signals-gateway',
    role: 'signals-role',
    ...active,
    layers: [ADOT],
    environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' },
  },
]

export const EU_WEST_1: readonly DemoFunction[] = [
  {
    name: 'order-api',
    role: 'orders-service-role',
    ...active,
    ...java,
    versions: [{ mode: ACTIVE }],
    aliases: [{ name: 'live', version: '1' }],
    tags: { team: 'orders', tier: 'gold' },
  },
  { name: 'order-events-consumer', role: 'orders-service-role', ...off, ...java, tags: { team: 'orders' } },
  { name: 'payments-sepa-export', role: 'payments-role', ...active, tags: { team: 'payments' }, stack: 'payments-eu' },
  { name: 'payments-vat', role: 'payments-role', ...off, tags: { team: 'payments' }, stack: 'payments-eu' },
  { name: 'search-indexer', role: 'search-role', ...active, eventSources: [{ kind: 'kinesis' }] },
  { name: 'search-suggest', role: 'search-role', ...off },
  { name: 'batch-reconcile', role: 'batch-role', ...active, ...python, memorySize: 1769 },
  { name: 'batch-statement-run', role: 'batch-role', ...off, ...python },
  { name: 'gdpr-erasure', role: 'shared-basic-role', ...off, description: 'Deletes what a customer asks to delete' },
  { name: 'gdpr-export', role: 'shared-basic-role', ...off },
  { name: 'inventory-eu-sync', role: 'inventory-role', ...off, tags: { ...sam }, stack: 'inventory-eu' },
  { name: 'platform-cost-report', role: 'platform-admin-role', ...off, ...python },
]
