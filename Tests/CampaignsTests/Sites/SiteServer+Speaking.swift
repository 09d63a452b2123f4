import SessionTrace
@testable import Simulation

/// What it says, and what it does instead.
extension SiteServer {
  func say(
    _ stage: Stage, _ code: Int, _ lines: [String], then: @escaping () -> Void = {}
  ) {
    var time = site.thinks
    for fault in faults {
      switch fault {
      case .stops(stage, let way): return perform(way)
      // A greeting that lets early talkers show themselves.
      case .mindsEarlyTalk where stage == .banner: time += .milliseconds(400)
      case .late(let stages, let more) where stages.contains(stage): time += more
      default: break
      }
    }
    put(code, lines, after: time, then)
  }

  func put(
    _ code: Int, _ lines: [String], after time: Microseconds, _ then: @escaping () -> Void
  ) {
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += Array("\(code)\(index + 1 == lines.count ? " " : "-")\(line)\r\n".utf8)
    }
    busyUntil = max(busyUntil, clock.now) + time
    clock.schedule(at: busyUntil) { [weak self] in
      guard let self, end.state == .open else { return }
      _ = end.write(bytes, endsSegment: false)
      then()
    }
  }

  func perform(_ way: SiteFault.Way) {
    switch way {
    case .silence: hush()
    case .closes: afterReplies { $0.leave() }
    case .resets:
      afterReplies {
        $0.state = .gone
        $0.end.abort()
        $0.onEnd()
      }
    case .refuses(let code): put(code, ["not so"], after: site.thinks) {}
    case .refusesAndLeaves(let code):
      state = .silent
      put(code, ["not so"], after: site.thinks) { [weak self] in self?.leave() }
    }
  }

  /// What was owed before comes first.
  private func afterReplies(_ work: @escaping (SiteServer) -> Void) {
    state = .silent
    clock.schedule(at: busyUntil) { [weak self] in
      guard let self else { return }
      work(self)
    }
  }

  func hush() {
    state = .silent
    guard let givesUp = site.givesUp else { return }
    clock.schedule(at: max(busyUntil, clock.now) + givesUp.after) { [weak self] in
      guard let self, end.state == .open else { return }
      if givesUp.inWords { _ = end.write(Array("421 timeout\r\n".utf8), endsSegment: false) }
      leave()
    }
  }

  /// FIN; what arrives afterwards is answered with RST.
  func leave() {
    if case .gone = state { return }
    state = .gone
    end.finish()
    onEnd()
    clock.after(50_000) { [weak self] in self?.end.refuseFurtherBytes() }
  }
}
