/** What a version locks: a function's configuration, with AWS's own keys. */

export type TracingMode = 'Active' | 'PassThrough'

/** Never changed in place: versions share it with `$LATEST` until the next update makes a new one. */
export interface FunctionConfiguration {
  readonly Role: string
  readonly Runtime?: string
  readonly Handler?: string
  readonly CodeSize: number
  readonly CodeSha256: string
  readonly Description: string
  readonly Timeout: number
  readonly MemorySize: number
  readonly PackageType: 'Zip' | 'Image'
  readonly Architectures: readonly string[]
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> }
  /** Absent: answers lack the key, and the mode is PassThrough. */
  readonly TracingConfig?: { readonly Mode: TracingMode }
  readonly Layers?: ReadonlyArray<{ readonly Arn: string; readonly CodeSize: number }>
  readonly MasterArn?: string
  readonly EphemeralStorage: { readonly Size: number }
  readonly SnapStart: { readonly ApplyOn: string; readonly OptimizationStatus: string }
  readonly LoggingConfig: { readonly LogFormat: string; readonly LogGroup: string }
  readonly CapacityProviderConfig?: object
  readonly VpcConfig?: object
  readonly DeadLetterConfig?: object
  readonly KMSKeyArn?: string
  readonly FileSystemConfigs?: readonly object[]
  readonly ImageConfigResponse?: object
}

export interface PublishedVersion {
  /** A number, or `$LATEST.PUBLISHED`. */
  readonly version: string
  readonly configuration: FunctionConfiguration
  readonly revisionId: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
}

export interface Alias {
  readonly name: string
  readonly version: string
  /** At most one further version. */
  readonly weights: Readonly<Record<string, number>>
  readonly description: string
  readonly revisionId: string
}
