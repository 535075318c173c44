/** Checking many templates, against reading the same files with the usual package and nothing more. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inPairs } from '../measure/pairs.js'
import { home, node, xtrace } from '../measure/program.js'
import type { Figure } from '../report/figure.js'

const PARSE_ALL = fileURLToPath(new URL('../floors/parse-yaml.mjs', import.meta.url))

export async function measureTemplates(templates: number, rounds: number): Promise<Figure[]> {
  const folder = join(home(), 'templates')
  mkdirSync(folder)
  for (let index = 0; index < templates; index += 1) writeFileSync(join(folder, `stack-${index}.yaml`), template(index))
  const figure = await inPairs(
    {
      what: `template check of ${templates} templates of 300 lines`,
      against: 'reading them with the yaml package',
      bound: { most: 1 },
    },
    () => xtrace('template', 'check', folder),
    () => node(PARSE_ALL, folder),
    rounds,
  )
  rmSync(folder, { recursive: true })
  return [figure]
}

/** A stack of eight traced functions, with what real ones carry: comments, intrinsics, flow and block style, long texts. */
function template(number: number): string {
  const functions = Array.from({ length: 8 }, (_, index) => functionLines(number, index))
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Stack ${number}, one of many
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [dev, prod] }
  Retention:
    Type: Number
    Default: 14
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  # every function writes its traces with this role
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
        - !Sub 'arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess'
${functions.join('')}`
}

function functionLines(number: number, index: number): string {
  const id = `Handler${index}`
  return `  ${id}:
    Type: AWS::Lambda::Function
    Metadata:
      Owner: "team-${number % 7}" # who to ask
    Properties:
      FunctionName: !Sub \${AWS::StackName}-handler-${index}
      Description: >-
        Handles the events of queue ${index} and
        writes what it has learnt to the table
      Runtime: nodejs22.x
      Handler: index.handler
      MemorySize: 512
      Timeout: !If [IsProd, 60, 10]
      Role: !GetAtt Role.Arn
      Code:
        S3Bucket: !ImportValue artifacts-bucket
        S3Key: !Join ['/', [!Ref Stage, 'handler-${index}.zip']]
      Environment:
        Variables:
          STAGE: !Ref Stage
          TABLE: { 'Fn::ImportValue': !Sub '\${Stage}-table' }
      TracingConfig:
        Mode: Active
  ${id}Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    Properties:
      LogGroupName: !Sub /aws/lambda/\${${id}}
      RetentionInDays: !Ref Retention
  ${id}Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1 }
`
}
