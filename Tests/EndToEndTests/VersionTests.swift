import Reporting
import SessionTrace
import TestSupport
import Testing

/// What the tool says of itself and of names.
@Suite("Version and names")
struct VersionTests {
  @Test(
    "--version is one word, and with -v what a report of a fault needs",
    arguments: [["--version", "-v"], ["-v", "--version"], ["--version", "--verbose"]])
  func verbose(words: [String]) async throws {
    let short = try await Binary.run(["--version"])
    #expect(short.status == 0 && short.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    let long = try await Binary.run(words)
    #expect(long.status == 0 && long.output.hasPrefix("smtpprobe   " + short.output))
    let kernel = try await ChildProcess.run(["uname", "-r"]).output
    #expect(long.output.contains("kernel      Linux " + kernel))
    for row in [
      "\nGnuTLS      3.", "\nGNU SASL    2.", "\nrights      CAP_NET_ADMIN ", " causes\n",
    ] {
      #expect(long.output.contains(row), "\(long.output)")
    }
  }

  @Test(
    "A report has the version of GnuTLS, in clear too",
    arguments: ["healthy", "healthy-starttls"])
  func gnutls(fixture: String) async throws {
    let run = try await Binary.run(["lab:\(fixture)", "--format", "json"])
    let report = try SavedReport(json: Array(run.output.utf8))
    #expect(report.trace.environment.gnutls.hasPrefix("3."))
    #expect(report.tool.gnutls == report.trace.environment.gnutls)
    let page = try await Binary.run(["lab:\(fixture)", "--format", "markdown"])
    #expect(page.output.contains("kernel") && page.output.contains("GnuTLS"))
  }

  @Test("A name that is not reached, and whose mail goes elsewhere, is told with mx:")
  func elsewhere() async throws {
    let line = """
      for name in example.test nowhere.test; do
        \(Binary.path) $name --resolver "$1" --timeout 2s
      done
      true
      """
    let server = try ChildProcess([
      Binary.path, "lab", "serve", "multi-mx-partial-refuses", "--no-log",
    ])
    let place = String(try await server.line("names ").split(separator: " ")[1])
    let run = try await ChildProcess.run(
      ["sh", "-c", line, "sh", place], environment: ["SMTPPROBE_CONFIG": ""])
    #expect(run.output.contains("smtpprobe mx:example.test"), "\(run.output)")
    #expect(!run.output.contains("mx:nowhere.test"))
  }
}
