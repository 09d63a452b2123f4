import TestSupport
import Testing

/// TLS options before a server on OpenSSL that says what it knows of its client.
@Suite("TLS before OpenSSL")
struct CertificateOptionTests {
  /// A server, its certificate, and the key of that.
  private struct Place: ~Copyable {
    let server: ChildProcess
    let certificate: Scratch
    let key: Scratch

    init(_ words: [String]) async throws {
      let certificate = try Scratch([])
      let key = try Scratch([])
      let made = try await ChildProcess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
          + ["-nodes", "-keyout", key.path, "-out", certificate.path, "-days", "2"]
          + ["-subj", "/CN=tls.example"])
      guard made.status == 0 else { throw ChildProcess.Failure(call: made.errors, code: 0) }
      server = try ChildProcess(
        ["python3", "\(Repository.tests)/Strangers/tls-server.py", certificate.path, key.path]
          + words)
      self.certificate = certificate
      self.key = key
    }

    func run(_ options: [String], environment: [String: String] = [:]) async throws
      -> ChildProcess.Outcome
    {
      let port = try await server.line()
      return try await Binary.run(
        ["127.0.0.1:\(port)", "--timeout", "5s"] + options, environment: environment)
    }

    var own: [String] { ["--tls-cert", certificate.path, "--tls-key", key.path] }

    func fingerprint() async throws -> String {
      let shown = try await ChildProcess.run(
        ["openssl", "x509", "-in", certificate.path, "-noout", "-fingerprint", "-sha256"])
      return String(shown.output.split(separator: "=").last ?? "").filter { $0 != "\n" }
    }
  }

  @Test(
    "shows a certificate to a server that asks, at the handshake or behind it",
    arguments: [["ask"], ["ask", "1.2"], ["require"], ["require", "1.2"], ["late"]])
  func shows(server: [String]) async throws {
    let place = try await Place(server)
    let outcome = try await place.run(place.own)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("250 yes tls.example"), "\(outcome.output)")
    let words =
      server[0] == "late" ? "behind the handshake, and got" : "a certificate, and got it"
    #expect(outcome.output.contains(words), "\(outcome.output)")
  }

  @Test("tells what was asked for and not shown, and nothing where nobody asked")
  func withholds() async throws {
    let asking = try await Place(["ask"])
    let outcome = try await asking.run([])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("got none (see"), "\(outcome.output)")
    let json = try await asking.run(["--format", "json"])
    #expect(json.output.contains("\"client_certificate\" : \"asked_for\""), "\(json.output)")
    let silent = try await Place(["silent"])
    let other = try await silent.run(silent.own)
    #expect(other.output.contains("welcome nobody"))
    #expect(!other.output.contains("asked for a certificate"))
  }

  /// With TLS 1.3 the client has shaken hands by then, and hears of it in the place of the reply to EHLO.
  @Test(
    "fails without a certificate where one is required",
    arguments: [(["1.2"], 53, "TLS FAILED at tls: "), ([], 52, "TLS FAILED at ehlo: ")]
      as [([String], Int, String)])
  func required(version: [String], status: Int, start: String) async throws {
    let place = try await Place(["require"] + version)
    let outcome = try await place.run(["--tls", "require"])
    #expect(outcome.status == status, "\(outcome.output)")
    #expect(outcome.output.hasPrefix(start), "\(outcome.output)")
  }

  @Test("takes the certificate that was named, and no other")
  func pins() async throws {
    let place = try await Place(["silent"])
    let known = try await place.run(["--tls-fingerprint", place.fingerprint()])
    #expect(known.status == 0, "\(known.output)\(known.errors)")
    #expect(known.output.contains("as --tls-fingerprint implies"))
    let other = try await place.run(["--tls-fingerprint", String(repeating: "0a", count: 32)])
    #expect(other.status == 53, "\(other.output)")
    #expect(other.output.contains("another one: its SHA-256 is"), "\(other.output)")
    let two = try await place.run([
      "--tls-fingerprint", String(repeating: "0a", count: 32) + "," + place.fingerprint(),
    ])
    #expect(two.status == 0, "\(two.output)\(two.errors)")
  }

  @Test(
    "resumes a session, of either version, with all that is asked of it", arguments: [["1.2"], []])
  func resumes(version: [String]) async throws {
    let place = try await Place(["silent"] + version)
    let first = try await place.run([])
    #expect(first.output.contains("welcome nobody new"), "\(first.output)")
    let outcome = try await place.run([
      "--tls-resume", "--tls-fingerprint", place.fingerprint(), "--tls-verify", "--tls-ca-path",
      place.certificate.path, "--tls-sni", "tls.example",
    ])
    // Its certificate names it in the common name alone, so it verifies nothing.
    #expect(outcome.status == 53, "\(outcome.output)")
    let pinned = try await place.run(["--tls-resume", "--tls-fingerprint", place.fingerprint()])
    #expect(pinned.status == 0, "\(pinned.output)\(pinned.errors)")
    #expect(pinned.output.contains("welcome nobody resumed"), "\(pinned.output)")
    #expect(pinned.output.contains(", resumed"), "\(pinned.output)")
    #expect(pinned.output.contains("a session before this one shook hands"), "\(pinned.output)")
  }

  @Test("says what is wrong with a certificate or key before it connects")
  func unusable() async throws {
    let place = try await Place(["silent"])
    let missing = try await place.run(["--tls-cert", "/nonexistent.pem"])
    #expect(missing.status == 64)
    #expect(missing.errors.contains("/nonexistent.pem"), "\(missing.errors)")
    let keyless = try await place.run(["--tls-cert", place.certificate.path])
    #expect(keyless.status == 64, "\(keyless.output)")
    #expect(keyless.errors.contains("unless --tls-key names another"), "\(keyless.errors)")
  }

  @Test("leaves the secrets of a session for Wireshark where the environment says so")
  func keyLog() async throws {
    let place = try await Place(["silent"])
    let log = try Scratch([])
    let outcome = try await place.run([], environment: ["SSLKEYLOGFILE": log.path])
    #expect(outcome.status == 0)
    let written = try log.text()
    #expect(written.contains("CLIENT_TRAFFIC_SECRET_0 "), "\(written)")
  }
}
