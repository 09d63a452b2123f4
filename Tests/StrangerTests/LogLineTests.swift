import Testing

/// What the report says of other programs, beside the programs themselves.
@Suite("Postfix, Exim and swaks")
struct LogLineTests {
  @Test("have every fixture of the lab before them, but for those that a reason is given for")
  func areThere() {
    let listed = Delivery.Row.listed
    #expect(listed.count > 200)
    let played = Set(Delivery.Row.all.map(\.fixture))
    for (heading, name) in listed {
      let isLeftOut = Delivery.Row.leftOut.contains { $0.covers(heading, name) }
      #expect(played.contains(name) != isLeftOut, "\(name)")
    }
    for one in Delivery.Row.leftOut {
      #expect(listed.contains { one.covers($0.heading, $0.name) }, "\(one.what)")
    }
  }

  @Test("log what the report says", arguments: Delivery.Row.all)
  func logWhatTheReportSays(row: Delivery.Row) async throws {
    let delivery = try #require(try await Delivery.all()[row])
    let differences = delivery.differences.filter {
      !LogLineException.covers(row, $0.program)
    }
    #expect(differences.map(\.words) == [], "\(delivery.report.verdict.status)")
  }

  @Test(
    "differ from the report where an exception says that they do",
    arguments: LogLineException.all.filter { !$0.isByChance })
  func exceptionsAreNeeded(exception: LogLineException) async throws {
    let deliveries = try await Delivery.all()
    for program in exception.programs {
      let differs = deliveries.contains { row, delivery in
        exception.covers(row, program) && delivery.differences.contains { $0.program == program }
      }
      #expect(differs, "\(program.rawValue)")
    }
  }

  /// A standing rule: nobody is told that all is well where a well-known program cannot deliver.
  @Test(
    "deliver wherever the report says ok, or a hazard says who does not",
    arguments: Delivery.Row.all)
  func deliverWhereTheReportSaysOK(row: Delivery.Row) async throws {
    let delivery = try #require(try await Delivery.all()[row])
    guard delivery.report.verdict.status == "ok", !Self.notTheSameEveryTime(row.fixture) else {
      return
    }
    let deliver = delivery.isSentByPostfix && delivery.swaks == 0
    #expect(
      deliver || delivery.report.hazards.contains { Self.hazardsThatSayWhoFails.contains($0.id) },
      "Postfix \(delivery.postfix ?? []), swaks \(delivery.swaks ?? -1)")
  }

  /// Four sessions at such a fixture have four fates.
  private static func notTheSameEveryTime(_ fixture: String) -> Bool {
    fixture.hasPrefix("by-chance") || fixture.hasPrefix("tls-finished-with-ehlo")
  }

  private static let hazardsThatSayWhoFails = [
    "replies-off-by-one", "reply-count-mismatch", "tls-legacy-intolerance", "size-exceeded",
  ]
}
