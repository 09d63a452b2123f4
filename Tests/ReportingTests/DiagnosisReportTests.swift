import Diagnosis
import FoundationEssentials
import Reporting
import TestSupport
import Testing

@Suite("The report of a diagnosis")
struct DiagnosisReportTests {
  private func text(_ sample: SampleDiagnosis) -> String {
    String(decoding: ReportFormat.text.render(sample.report, style: .plain), as: UTF8.self)
  }

  /// The text in one line, as it reads; `12 of 12` is `all`, since how many sessions it takes is the
  /// investigation's affair.
  private func words(_ sample: SampleDiagnosis) -> String {
    let words = text(sample).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    return words.replacing(/\b([0-9]+) of \1\b/, with: "all")
  }

  @Test("Text is printable ASCII in lines of 80 columns", arguments: SampleDiagnosis.all)
  func plain(sample: SampleDiagnosis) {
    let document = ReportFormat.text.render(sample.report, style: .plain)
    #expect(document.last == 0x0A)
    for line in document.split(separator: 0x0A) {
      #expect(line.count <= 80, "\(String(decoding: line, as: UTF8.self))")
      #expect(line.allSatisfy { (0x20...0x7E).contains($0) } && line.last != 0x20)
    }
  }

  @Test("Markdown is printable, and nothing of a trace is markup", arguments: SampleDiagnosis.all)
  func markdown(sample: SampleDiagnosis) {
    let document = ReportFormat.markdown.render(sample.report, style: .colour)
    #expect(document.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    expectSafe(markdown: document)
  }

  @Test("Colour adds nothing but our own sequences", arguments: SampleDiagnosis.all)
  func colour(sample: SampleDiagnosis) {
    var coloured = String(
      decoding: ReportFormat.text.render(sample.report, style: .colour), as: UTF8.self)
    #expect(coloured.contains("\u{1B}"))
    for sequence in ["1", "1;32", "1;31", "33", "36", "2", "0"] {
      coloured = coloured.replacing("\u{1B}[\(sequence)m", with: "")
    }
    #expect(coloured == text(sample))
  }

  @Test(
    "The first sentence says what happens, how often, and why",
    arguments: [
      (
        .boundaryLoss,
        "CAUSE FOUND (A1): A firewall that ends TCP loses what ends just past its buffer;"
          + " stalled@mail every time (all); envelopes of 513 bytes fail, and no other of 26 sizes"
          + " that were tested from 482 to 1,448 bytes target"
      ),
      (
        .notToldApart,
        "CAUSE NOT ISOLATED: stalled@mail every time (all); consistent with 3 causes that"
          + " cannot be told apart from here: A1 reseg-boundary-loss, E2"
          + " pipelining-advertised-broken, P16 generic-tcp-termination; the failure disappears"
          + " with one command at a time (--pipelining off) target"
      ),
      (
        .deferred,
        "CAUSE NOT ISOLATED: deferred@rcpt in the only session as given; consistent with one cause:"
          + " Come back later (D12 greylisting) target"
      ),
      (
        .silence,
        "CAUSE NOT ISOLATED: stalled@mail every time (all); consistent with 2 causes that cannot"
          + " be told apart from here: E9 hung-server, P16 generic-tcp-termination target"
      ),
      (
        .unexplained,
        "NO CAUSE FOUND: closed@mail every time (all), whatever was varied; no known cause"
          + " explains it target"
      ), (.nothingWrong, "NOTHING WRONG FOUND: all sessions ok target"),
      (.seenInPassing, "NOTHING WRONG FOUND: all sessions ok; 1 thing seen in passing target"),
      (.intermittent, "INTERMITTENT: 3 of 8 sessions failed; no cause can be isolated target"),
      (
        .interrupted,
        "CANNOT TELL: stalled@mail in the only session as given; stopped by a signal target"
      ),
      (
        .outOfSessions,
        "CANNOT TELL: stalled@mail every time (all); stopped at the most connections that were"
          + " allowed target"
      ), (.nothing, "CANNOT TELL: no session ended; stopped by a signal target"),
      (
        .turnedAway,
        "CANNOT TELL: stalled@mail in the only session as given; stopped by a 421 to connection 8:"
          + " the server wants no more sessions from us target"
      ),
      (
        .otherFailures,
        "NO CAUSE FOUND: stalled@mail every time (all); varying timeout, pipelining makes a"
          + " difference, at times at least, that no known cause explains; envelopes of 513 bytes"
          + " fail, and no other of 9 sizes that were tested from 482 to 1,448 bytes target"
      ),
      (
        .unreachable,
        "CAUSE NOT ISOLATED: unreachable@connect every time (all); consistent with 2 causes that"
          + " cannot be told apart from here: P17 syn-filtered, connection-refused target"
      ),
    ] as [(SampleDiagnosis, String)])
  func headline(sample: SampleDiagnosis, start: String) {
    #expect(words(sample).hasPrefix(start), "\(words(sample).prefix(300))")
  }

  @Test("Every experiment has a row, with what was compared", arguments: SampleDiagnosis.all)
  func experiments(sample: SampleDiagnosis) {
    let rows = String(
      decoding: ReportFormat.markdown.render(sample.report, style: .plain), as: UTF8.self
    ).split(separator: "\n").filter { $0.hasPrefix("| `") }
    for experiment in sample.report.experiments {
      let own = rows.filter { $0.hasPrefix("| ` \(experiment.variation) `") }
      #expect(own.count { $0.contains(experiment.variant) } >= 1)
    }
    // Only those that could not be made share one.
    #expect(rows.count <= sample.report.experiments.count)
    #expect(
      rows.count { $0.contains("not possible") }
        <= Set(sample.report.experiments.map(\.variation)).count
    )
  }

  @Test(
    "An experiment that told nothing says so in the table and at the end",
    arguments: [
      (.boundaryLoss, "pipelining none off all all disappears"),
      (.boundaryLoss, "split 513 none all 0 of 2 stays"),
      (.boundaryLoss, "would come about by chance in 0.8 % of cases at most"),
      (
        .notToldApart,
        "envelope_size 513 512, 514, 511, - - not possible 515, 510, 516, 509, 517 split 513"
      ),
      (
        .notToldApart,
        "varied 18 sessions, each with one setting changed; 16 changes in all, 8 of which could not"
          + " be made took"
      ),
      (
        .notToldApart,
        "What would change with envelope_size 512, 514, 511, 515, 510, 516, 509, 517: not possible,"
          + " the envelope cannot be padded."
      ), (.otherFailures, "pipelining none off all 1 of 2 unclear"),
      (
        .otherFailures,
        "Whether it fails with one command at a time (--pipelining off): unclear, ok@data 1,"
          + " stalled@mail 1."
      ), (.otherFailures, "timeout 30 s 50 s all 0 of 2 another one"),
      (.otherFailures, "waiting 50 s for each reply: tls_failed@tls 2"),
      (.silence, "hops off counted all 0 of 2 observed"),
      (
        .silence,
        "(--nudge): nothing came, not even a reply to that. We listened for 5.000 s."
      ),
      (
        .boundaryLoss,
        "(--nudge): only the NOOP was answered, and the 23 missing replies stayed away: what was"
          + " sent before it is lost, or passed over. After 31.2 ms came 14 bytes: 250 2.0.0 Ok\\r\\n"
      ),
      (
        .boundaryLoss,
        "(--hops): acknowledged within 2 hops, while the address is 5 hops away: something in front"
          + " of the server ends TCP. On the way: 1 198.51.100.1, 3 203.0.113.9, 5 192.0.2.25"
      ),
      (.outOfSessions, "pipelining none off all all not finished"),
      (
        .crowded,
        "set aside 3 sessions, made again: one at a time where side by side not all were let in,"
          + " after a pause, or with a longer wait took"
      ),
      (
        .outOfSessions,
        "What would change with pipelining off: not finished, stopped at the most connections that"
          + " were allowed."
      ),
    ] as [(SampleDiagnosis, String)])
  func telling(sample: SampleDiagnosis, part: String) {
    #expect(words(sample).contains(part), "\(text(sample))")
  }

  @Test("The lines that remedies set are filled in and stand whole")
  func remedies() {
    let lines = text(.boundaryLoss).split(separator: "\n")
    #expect(lines.contains("    hosts_avoid_pipelining = mx.example.com"))
    #expect(
      lines.contains(
        "    smtp_discard_ehlo_keyword_address_maps = inline:{192.0.2.25=pipelining}"))
    #expect(text(.notToldApart).contains("if it is A1 reseg-boundary-loss:"))
    #expect(text(.notToldApart).contains("if it is E2 pipelining-advertised-broken:"))
    #expect(!text(.unexplained).contains("What to do"))
  }

  @Test("What sessions that pass show in passing is no cause of anything")
  func observations() throws {
    let told = try DiagnosisResult(.seenInPassing)
    #expect(told.causes.isEmpty && told.observations.map(\.id) == ["reply-fragment-naive-reader"])
    #expect(words(.seenInPassing).contains("Seen in passing"))
    #expect(!words(.seenInPassing).contains("Causes"))
    #expect(!words(.seenInPassing).contains("What to do"))
  }

  @Test("JSON counts every session once, on its side", arguments: SampleDiagnosis.all)
  func counts(sample: SampleDiagnosis) throws {
    let told = try DiagnosisResult(sample)
    #expect(told.result == sample.report.result.rawValue)
    #expect(told.exit_code == sample.report.result.exitCode)
    #expect(told.controls.count == sample.controls.first)
    #expect(told.controls.outcomes.values.reduce(0, +) == told.controls.count)
    // A 421 behind failures that were all alike is an end, and no control.
    let farewells = sample.name == SampleDiagnosis.turnedAway.name ? 1 : 0
    // What a server that lets nobody in any more does counts for nothing.
    let isLockedOut = sample.name == SampleDiagnosis.lockedOut.name
    // Four in a row, of which the first says from when on.
    let turnedAwayFrom = farewells == 1 ? told.sessions.last.map { $0.number - 3 } : nil
    #expect(told.refused_from == (isLockedOut ? 7 : turnedAwayFrom))
    let served = told.sessions.filter { !isLockedOut || $0.number < 7 }
    // A turn that is made again, or a session that waits longer than the first time.
    let mayRepeat = [SampleDiagnosis.crowded, .turnedAway, .otherFailures].map(\.name)
    let setAside = isLockedOut ? 0 : sample.report.setAside
    #expect(setAside == 0 || mayRepeat.contains(sample.name))
    let variants = told.experiments.reduce(0) { $0 + $1.counts.variant.values.reduce(0, +) }
    let measured = ([sample.report.given] + sample.report.further).compactMap(\.measurement)
      .reduce(0) { $0 + $1.sessions }
    #expect(
      served.count == sample.controls.reduce(0, +) + farewells + variants + measured + setAside)
    #expect(told.sessions.map(\.number) == told.sessions.map(\.number).sorted())
    for experiment in told.experiments {
      let variants = served.filter {
        $0.knob == experiment.knob && $0.variant == experiment.variant && $0.base == experiment.base
      }
      let counted = experiment.counts.variant.values.reduce(0, +)
      #expect(experiment.gone + experiment.same + experiment.other == counted)
      #expect(counted <= variants.count && (setAside > 0 || counted == variants.count))
    }
  }

  @Test("JSON has what each session that only looked has shown")
  func sightings() throws {
    let looks = try DiagnosisResult(.boundaryLoss).experiments.filter { $0.effect == "observed" }
    #expect(Set(looks.map(\.knob)) == ["nudge", "hops"])
    for look in looks {
      #expect(look.sightings.count == 2 && look.sightings.allSatisfy { $0.missing_replies == 23 })
      let isNudge = look.knob == "nudge"
      #expect(
        look.sightings.map(\.nudge_reading) == (isNudge ? ["own_reply", "own_reply"] : [nil, nil]))
      #expect(
        look.sightings.map(\.hops_reading) == (isNudge ? [nil, nil] : ["in_front", "in_front"]))
    }
    let others = try DiagnosisResult(.silence).experiments.filter { $0.effect != "observed" }
    #expect(!others.isEmpty && others.allSatisfy { $0.sightings.isEmpty })
  }

  @Test("JSON gives each cause its grade, its reasons, and its remedies filled in")
  func causes() throws {
    let told = try DiagnosisResult(.boundaryLoss)
    let cause = try #require(told.causes.first)
    #expect(cause.id == "reseg-boundary-loss" && cause.code == "A1" && cause.grade == "confirmed")
    #expect(cause.because.count >= 5 && cause.against.isEmpty && cause.open.isEmpty)
    #expect(Set(cause.remedies.keys) == ["exim", "postfix", "kernel", "receiver"])
    #expect(
      cause.remedies["exim"]?.first?.setting == "hosts_avoid_pipelining = mx.example.com")
    #expect(told.causes[1].code == "P16" && told.causes[1].grade == "consistent")
    #expect(told.causes.dropFirst(2).allSatisfy { $0.grade == "excluded" && !$0.against.isEmpty })
    let open = try DiagnosisResult(.notToldApart).causes.filter { $0.grade == "consistent" }
    #expect(open.count == 3 && open.allSatisfy { !$0.open.isEmpty })
  }

  @Test("JSON has what got past a failure that nothing explains: how to ask for it, and remedies")
  func workarounds() throws {
    let told = try DiagnosisResult(.unexplainedButForSize)
    #expect(told.result == "no_cause")
    let workaround = try #require(told.workarounds.first { $0.knob == "mss" })
    #expect(workaround.options == ["--mss", workaround.variant])
    #expect(
      workaround.command == "smtpprobe mx.example.com --split 513 --mss \(workaround.variant)")
    #expect(workaround.remedies["kernel"]?.isEmpty == false)
    #expect(workaround.remedies["receiver"]?.isEmpty == true)
    let text = String(
      decoding: ReportFormat.text.render(
        SampleDiagnosis.unexplainedButForSize.report, style: .plain),
      as: UTF8.self)
    #expect(text.contains(workaround.command))
  }

  /// The distribution's Python, for which Tests/run installs the validator; the control, where there
  /// is one, has to be a session report by itself.
  private func validate(_ document: [UInt8]) async throws -> ChildProcess.Outcome {
    let program = """
      import json, jsonschema, sys
      document, diagnosis, session = (json.load(open(name)) for name in sys.argv[1:])
      jsonschema.validate(document, diagnosis, jsonschema.Draft202012Validator)
      if document["control"] is not None:
          jsonschema.validate(document["control"], session, jsonschema.Draft202012Validator)
      """
    let report = try Scratch(document)
    let diagnosis = try Scratch(ReportSchema.diagnosis)
    let session = try Scratch(ReportSchema.session)
    return try await ChildProcess.run([
      "/usr/bin/python3", "-c", program, report.path, diagnosis.path, session.path,
    ])
  }

  @Test("JSON is valid by the schema that ships with it", arguments: SampleDiagnosis.all.dropLast())
  func schema(sample: SampleDiagnosis) async throws {
    let outcome = try await validate(ReportFormat.json.render(sample.report, style: .plain))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(
    "JSON that departs from the contract is not valid by the schema",
    arguments: [
      ("\"effect\" : \"same\"", "\"effect\" : \"alike\""),
      ("\"stopped\" : null", "\"stop\" : null"),
      ("\"grade\" : \"excluded\"", "\"grade\" : \"no\""), ("\"gone\" : 4", "\"gone\" : -4"),
      ("\"custody\" : \"acknowledged_unanswered\"", "\"custody_\" : null"),
    ])
  func schemaIsStrict(found: String, replacement: String) async throws {
    let text = String(
      decoding: ReportFormat.json.render(SampleDiagnosis.boundaryLoss.report, style: .plain),
      as: UTF8.self)
    #expect(text.contains(found))
    let outcome = try await validate(Array(text.replacing(found, with: replacement).utf8))
    #expect(outcome.status == 1 && outcome.errors.contains("ValidationError"))
  }
}

/// As much of the JSON form as a reader would take.
private struct DiagnosisResult: Decodable {
  struct Controls: Decodable {
    let count: Int
    let failed: Int
    let outcomes: [String: Int]
  }
  struct Session: Decodable {
    let number: Int
    let base: [String]
    let knob: String?
    let variant: String?
  }
  struct Experiment: Decodable {
    struct Counts: Decodable {
      let control: [String: Int]
      let variant: [String: Int]
    }
    struct Sighting: Decodable {
      let missing_replies: Int
      let nudge_reading: String?
      let hops_reading: String?
    }
    let base: [String]
    let knob: String
    let variant: String
    let counts: Counts
    let gone: Int
    let same: Int
    let other: Int
    let effect: String
    let sightings: [Sighting]
  }
  struct Cause: Decodable {
    struct Remedy: Decodable {
      let setting: String?
      let text: String?
    }
    let id: String
    let code: String?
    let grade: String
    let because: [String]
    let against: [String]
    let open: [String]
    let remedies: [String: [Remedy]]
  }

  struct Workaround: Decodable {
    let knob: String
    let variant: String
    let options: [String]
    let command: String
    let remedies: [String: [Cause.Remedy]]
  }

  let result: String
  let refused_from: Int?
  let exit_code: Int
  let controls: Controls
  let sessions: [Session]
  let experiments: [Experiment]
  let causes: [Cause]
  let observations: [Cause]
  let workarounds: [Workaround]

  init(_ sample: SampleDiagnosis) throws {
    self = try JSONDecoder().decode(
      Self.self, from: Data(ReportFormat.json.render(sample.report, style: .plain)))
  }
}
