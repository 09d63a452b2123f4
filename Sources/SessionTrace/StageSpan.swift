/// When a stage began and how long it took; pipelined stages overlap, and show it.
package struct StageSpan: Codable, Sendable, Equatable {
  package var name: Stage
  package var start: Microseconds
  /// `nil` while the stage is unfinished.
  package var duration: Microseconds?

  package init(name: Stage, start: Microseconds, duration: Microseconds? = nil) {
    self.name = name
    self.start = start
    self.duration = duration
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case start = "start_us"
    case duration = "duration_us"
  }
}
