import FoundationEssentials
import TestSupport
import Testing

/// `smtpprobe diagnose` where a silence is nudged, and whoever acknowledges is looked for.
@Suite("diagnose, looking")
struct DiagnoseLooksTests {
  /// Words of the command line, the causes that must stand and no others, whether the first of them is
  /// confirmed, and how nudge and hops must read, twice each; `nil` where they must not be asked.
  static let rows: [([String], [String], Bool, String?, String?)] = [
    // A program that hangs, and a device that swallows: nothing tells them apart.
    (
      ["lab:silent-at-mail", "--timeout", "500ms"],
      ["hung-server", "generic-tcp-termination"], false, "silence", "not_found"
    ),
    (
      ["lab:silent-at-ehlo", "--timeout", "500ms"],
      ["hung-server", "generic-tcp-termination"], false, "silence", "not_found"
    ),
    (
      ["lab:reseg-513-hung-server", "--split", "513", "--timeout", "500ms"],
      ["hung-server", "generic-tcp-termination"], false, "silence", "not_found"
    ),
    (
      ["lab:transparent-proxy-silent", "--timeout", "1s"],
      ["hung-server", "generic-tcp-termination"], false, "silence", "in_front"
    ),
    (
      ["lab:silent-at-data", "--timeout", "500ms"],
      ["data-354-delayed", "generic-tcp-termination"], false, "silence", "not_found"
    ),
    // A reply that is missing, and a path that has forgotten the connection.
    (
      ["lab:reply-count-mismatch-one-for-two", "--timeout", "500ms"],
      ["reply-count-mismatch", "generic-tcp-termination"], false, "own_reply", "not_found"
    ),
    // Nobody acknowledges any more, so there is nobody whose distance could be found out.
    (
      ["lab:nat-forgets-silent", "--pipelining", "off", "--timeout", "3s"], ["nat-idle-timeout"],
      false, "not_acknowledged", nil
    ),
    // Input that is lost, and replies that are kept.
    (
      ["lab:pipelining-advertised-broken-flushes-after-mail", "--timeout", "500ms"],
      ["pipelining-advertised-broken"], true, "own_reply", nil
    ),
    (
      ["lab:pipelining-advertised-broken-holds-replies", "--timeout", "500ms"],
      ["pipelining-advertised-broken"], true, "released", nil
    ),
    (
      ["lab:reseg-513", "--split", "513", "--timeout", "500ms"], ["reseg-boundary-loss"], true,
      "own_reply", "not_found"
    ),
    // Replies that come by themselves are not nudged for.
    (
      [
        "lab:rcpt-callout-late-replies", "--to", "a@b.example,c@b.example,d@b.example",
        "--timeout", "1s",
      ], ["rcpt-callout-late-replies"], true, nil, nil
    ),
  ]

  @Test("says what a nudge released and who acknowledges, and blames what it may", arguments: rows)
  func looks(
    arguments: [String], causes: [String], isConfirmed: Bool, nudge: String?, hops: String?
  ) async throws {
    let run = try await Binary.run(["diagnose"] + arguments + ["--format", "json"])
    let told = try JSONDecoder().decode(ToldLooks.self, from: Data(run.output.utf8))
    #expect(run.status == 1 && told.result == "cause_found", "\(run.errors)")
    let standing = told.causes.filter { ["confirmed", "consistent"].contains($0.grade) }
    #expect(standing.map(\.id) == causes)
    #expect(told.causes.contains { $0.grade == "confirmed" } == isConfirmed)
    #expect(standing.allSatisfy { $0.grade == "confirmed" || !$0.open.isEmpty })
    let looks = Dictionary(
      uniqueKeysWithValues: told.experiments.filter { ["nudge", "hops"].contains($0.knob) }.map {
        ($0.knob, $0)
      })
    #expect(looks["nudge"]?.sightings.map(\.nudge_reading) == nudge.map { [$0, $0] })
    #expect(looks["hops"]?.sightings.map(\.hops_reading) == hops.map { [$0, $0] })
    #expect(looks.values.allSatisfy { $0.effect == "observed" && $0.gone == 0 })
  }

  @Test("asks nothing of a proxy that delivers")
  func harmlessProxy() async throws {
    let run = try await Binary.run(
      ["diagnose", "lab:transparent-proxy", "--timeout", "5s", "--format", "json"])
    let told = try JSONDecoder().decode(ToldLooks.self, from: Data(run.output.utf8))
    #expect(run.status == 0 && told.result == "nothing_wrong", "\(run.errors)")
    #expect(told.experiments.isEmpty && told.sessions.count == 4)
  }
}

/// As much of the report as the tests look at.
private struct ToldLooks: Decodable {
  struct Sighting: Decodable {
    var nudge_reading: String?
    var hops_reading: String?
  }
  struct Told: Decodable {
    var knob: String
    var effect: String
    var gone: Int
    var sightings: [Sighting]
  }
  struct Cause: Decodable {
    var id: String
    var grade: String
    var open: [String]
  }
  struct Session: Decodable {
    var number: Int
  }

  var result: String
  var sessions: [Session]
  var experiments: [Told]
  var causes: [Cause]
}
