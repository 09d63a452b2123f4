extension ChildProcess {
  /// What was waited for had not been printed in time.
  package struct NotPrinted: Error, CustomStringConvertible {
    package var output: String
    package var errors: String

    package var description: String { "not printed: \(output)\(errors)" }
  }

  /// The first whole line that the program prints with `start` at its beginning.
  package borrowing func line(
    _ start: String = "", within limit: Duration = .seconds(30)
  ) async throws -> String {
    try await awaited(within: limit) { lines in
      lines.first { $0.hasPrefix(start) }.map(String.init)
    }
  }

  /// So many whole lines with `start` at their beginning.
  package borrowing func lines(
    _ start: String, count: Int, within limit: Duration = .seconds(30)
  ) async throws -> [String] {
    try await awaited(within: limit) { lines in
      let found = lines.filter { $0.hasPrefix(start) }
      return found.count < count ? nil : found.prefix(count).map(String.init)
    }
  }

  /// What `find` finds in the whole lines printed so far, as soon as it is there.
  package borrowing func awaited<Found>(
    within limit: Duration = .seconds(30), _ find: ([Substring]) -> Found?
  ) async throws -> Found {
    let end = ContinuousClock.now + limit
    while true {
      let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let found = find(Array(lines)) { return found }
      guard ContinuousClock.now < end else { throw NotPrinted(output: output, errors: errors) }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
