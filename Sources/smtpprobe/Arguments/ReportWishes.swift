import ArgumentParser
import Campaigns
import Reporting
import Wire

/// What was asked to become of the result.
struct ReportWishes {
  /// What standard output is to get.
  var given: ReportFormat?
  /// Whether a line is all that anybody wants to see.
  var isQuiet = false
  /// Where else it goes, as typed behind `-o`.
  var outputs: [String] = []
  /// Where the packets of the session go.
  var capture: String?
  var isSilent = false
  /// What is kept out of it everywhere; `nil` for what each place keeps out by itself.
  var redaction: RedactionMode?
  var look = AskedLook()

  /// The same, with packets going there.
  func with(capture: String?) -> ReportWishes {
    var wishes = self
    wishes.capture = capture
    return wishes
  }

  /// Why there can be no capture as asked for, a sentence; `nil` where there can.
  var problemWithCapture: String? {
    guard let capture else { return nil }
    if ReportPlace(capture).isStandardOutput {
      return "--capture \(capture): packets go into a file, or a FIFO; name one."
    }
    // Packets are what they are.
    guard let redaction, redaction != .none else { return nil }
    return
      "--redact \(redaction.rawValue) cannot change packets that were sent: leave --capture out, or"
      + " send stand-ins with --anonymize-envelope."
  }

  /// What standard output gets, unless it is to be silent.
  var format: ReportFormat { isQuiet ? .line : given ?? .text }

  /// How a single session is shown to whoever waits for it; `nil` where nobody looks, or wants to.
  var scene: LiveWatch.Scene? {
    guard !isQuiet else { return nil }
    let isRead =
      !isSilent && format == .text
      && !outputs.map(ReportPlace.init).contains(where: \.isStandardOutput)
    // What is to be kept out of the report must not have scrolled by.
    let keepsOut = redaction.map { $0 != RedactionMode.none } ?? false
    if keepsOut { return nil }
    if isRead, TextStream.standardOutput.isTerminal { return .dialogue }
    return TextStream.standardError.isTerminal ? .waiting : nil
  }

  /// What shows the waiting of a session that is only a part of what is reported.
  var waiting: LiveWatch? {
    !isQuiet && TextStream.standardError.isTerminal ? LiveWatch(.waiting, look) : nil
  }

  /// Runs a command's work; where readers of standard output know a few exit statuses only, an error ends
  /// with the one for that, and with a line in their form.
  func endingAsReadersExpect(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode where format == .nagios && code.rawValue > 3 {
      try TextStream.standardOutput.print(unknownToNagios(status: code.rawValue))
      throw ExitCode(3)
    }
  }

  /// What `--width` takes.
  static func width(_ word: String) throws(ValidationError) -> Int {
    guard let width = Int(word), (40...1_000).contains(width) else {
      throw ValidationError("give 40 to 1000 columns.")
    }
    return width
  }

  /// One report would take the place of the other, and nobody would know which.
  private func check(_ places: [ReportPlace]) throws(ExitMessage) {
    func isSame(_ one: ReportPlace, _ other: ReportPlace) -> Bool {
      one.isStandardOutput && other.isStandardOutput || isSameFile(one.path, other.path)
    }
    for (number, place) in places.enumerated() {
      let problem: String
      if let capture, isSameFile(place.path, capture) {
        problem = "--capture goes into that file; name another one"
      } else if !places[..<number].contains(where: { isSame($0, place) }) {
        continue
      } else if place.isStandardOutput {
        problem = "standard output takes one report; name files for the others"
      } else {
        problem = "another report goes into that file already; name another one"
      }
      throw ExitMessage(status: .usage, text: "-o \(outputs[number]): \(problem)")
    }
  }

  /// The places, opened.
  func opened() throws -> ReportOutputs {
    let places = outputs.map(ReportPlace.init)
    try check(places)
    let standard = places.last(where: \.isStandardOutput)
    if (standard?.format ?? format).isBinary, TextStream.standardOutput.isTerminal,
      standard != nil || !isSilent
    {
      throw ExitMessage(
        status: .usage, text: "this is no text for a terminal: use -o FILE.pcapng, or a pipe")
    }
    return try ReportOutputs(
      files: places.filter { !$0.isStandardOutput },
      standard: standard.map { $0.format ?? format } ?? (isSilent ? nil : format), capture: capture,
      redaction: redaction, look: look)
  }
}
