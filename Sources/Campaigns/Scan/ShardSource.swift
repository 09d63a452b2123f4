/// Where engines that run a command many times say which time this is.
struct ShardSource: Sendable {
  /// The variable with the number of this run.
  let index: String
  let first: First
  let count: Count
  /// The variable with the distance between two numbers; `nil` where it is 1.
  var step: String?

  /// The number of the first run.
  enum First: Sendable {
    case number(Int)
    /// In a variable: its user chose.
    case variable(String)
  }

  /// How many runs there are.
  enum Count: Sendable {
    case variable(String)
    /// The number of the last run, in a variable.
    case last(String)
    /// The engine does not tell.
    case untold
  }

  /// A row for each engine; the first whose variables are set is used.
  static let all: [ShardSource] = [
    // Kubernetes, Indexed Job.
    ShardSource(index: "JOB_COMPLETION_INDEX", first: .number(0), count: .untold),
    ShardSource(
      index: "SLURM_ARRAY_TASK_ID", first: .variable("SLURM_ARRAY_TASK_MIN"),
      count: .variable("SLURM_ARRAY_TASK_COUNT"), step: "SLURM_ARRAY_TASK_STEP"),
    // GitLab.
    ShardSource(index: "CI_NODE_INDEX", first: .number(1), count: .variable("CI_NODE_TOTAL")),
    ShardSource(
      index: "CIRCLE_NODE_INDEX", first: .number(0), count: .variable("CIRCLE_NODE_TOTAL")),
    ShardSource(
      index: "BUILDKITE_PARALLEL_JOB", first: .number(0),
      count: .variable("BUILDKITE_PARALLEL_JOB_COUNT")),
    ShardSource(index: "AWS_BATCH_JOB_ARRAY_INDEX", first: .number(0), count: .untold),
    ShardSource(
      index: "CLOUD_RUN_TASK_INDEX", first: .number(0), count: .variable("CLOUD_RUN_TASK_COUNT")),
    // Google Batch.
    ShardSource(index: "BATCH_TASK_INDEX", first: .number(0), count: .variable("BATCH_TASK_COUNT")),
    ShardSource(index: "NOMAD_ALLOC_INDEX", first: .number(0), count: .untold),
    ShardSource(index: "PBS_ARRAY_INDEX", first: .number(1), count: .untold),
    ShardSource(index: "PBS_ARRAYID", first: .number(1), count: .untold),
    ShardSource(
      index: "SGE_TASK_ID", first: .variable("SGE_TASK_FIRST"), count: .last("SGE_TASK_LAST"),
      step: "SGE_TASK_STEPSIZE"),
    // LSF.
    ShardSource(index: "LSB_JOBINDEX", first: .number(1), count: .untold),
    // GNU parallel.
    ShardSource(index: "PARALLEL_SEQ", first: .number(1), count: .untold),
  ]
}
