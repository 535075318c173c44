/** Writes CreateFunction's input from xtrace's words: tracing is Active from the first invocation. */
import type { CreateFunctionCommandInput, Runtime, FunctionCode as SdkCode } from '@aws-sdk/client-lambda'
import type { FunctionCode, NewFunction } from './gateways.js'

export function createInput(spec: NewFunction): CreateFunctionCommandInput {
  return {
    FunctionName: spec.name,
    Role: spec.role,
    Code: codeOf(spec.code),
    PackageType: 'imageUri' in spec.code ? 'Image' : 'Zip',
    TracingConfig: { Mode: 'Active' },
    Publish: spec.publish,
    ...(spec.runtime && { Runtime: spec.runtime as Runtime }),
    ...(spec.handler && { Handler: spec.handler }),
    ...(spec.memory !== undefined && { MemorySize: spec.memory }),
    ...(spec.timeout !== undefined && { Timeout: spec.timeout }),
    ...(spec.environment && { Environment: { Variables: spec.environment } }),
    ...(spec.layers && { Layers: spec.layers }),
    ...(spec.architecture && { Architectures: [spec.architecture] }),
    ...(spec.description !== undefined && { Description: spec.description }),
    ...(spec.tags && { Tags: spec.tags }),
  }
}

function codeOf(code: FunctionCode): SdkCode {
  if ('zip' in code) return { ZipFile: code.zip }
  if ('imageUri' in code) return { ImageUri: code.imageUri }
  return {
    S3Bucket: code.s3Bucket,
    S3Key: code.s3Key,
    ...(code.s3ObjectVersion && { S3ObjectVersion: code.s3ObjectVersion }),
  }
}
