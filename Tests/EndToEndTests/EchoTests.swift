import Reporting
import TestSupport
import Testing

/// Servers that give away what they were told, in many forms and at any place: not one byte of that gets out.
@Suite("A password that a server gives away")
struct EchoTests {
  private static let formats = ReportFormat.all(of: .session).map(\.name)
  private static let password = "Sw0rdFis" + "h+/%&xyz"

  @Test(
    "is in no report, no capture and on no screen, whole or half",
    arguments: ["ehlo", "auth", "mail", "stall", "bare"])
  func givenAway(place: String) async throws {
    let server = try ChildProcess([
      "python3", "\(Repository.tests)/Strangers/echo-server.py", Self.password, place,
    ])
    let given = try await server.lines("", count: 17)
    let folder = try Folder()
    var arguments = [
      "127.0.0.1:\(given[0])", "--tls", "off", "--auth", "PLAIN", "--auth-user", "alice",
      "--timeout", "2s", "--capture", "\(folder.path)/capture", "--redact", "none",
    ]
    for format in Self.formats { arguments += ["-o", "\(format):\(folder.path)/\(format)"] }
    let outcome = try await Binary.run(
      arguments, environment: ["SMTPPROBE_AUTH_PASSWORD": Self.password])
    var outputs = [("standard output", outcome.output), ("standard error", outcome.errors)]
    for name in Self.formats + ["capture"] {
      let text = try folder.text(of: name)
      #expect(!text.isEmpty, "\(name)")
      outputs.append((name, text))
    }
    // Otherwise nothing was looked for anywhere.
    for name in ["text", "html", "json", "pcapng"] {
      let text = try folder.text(of: name)
      #expect(text.contains("said here: ****************"), "\(name)")
    }
    for form in given.dropFirst() {
      let half = form.count / 2
      let needles = [form, String(form.prefix(half)), String(form.dropFirst(half))].map(plain)
      for (name, text) in outputs {
        let text = plain(text)
        for needle in needles { #expect(!text.contains(needle), "\(needle) in \(name)") }
      }
    }
  }

  /// Without what formats put between bytes or in front of them.
  private func plain(_ text: String) -> String {
    let unescaped = text.replacing("&amp;", with: "&").lowercased()
    return String(
      decoding: unescaped.utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: "\\") }, as: UTF8.self)
  }
}
