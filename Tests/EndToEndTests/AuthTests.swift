import TestSupport
import Testing

/// AUTH before a server that checks it, written in Python for the purpose.
@Suite("AUTH")
struct AuthTests {
  /// A server, and the files that the secrets stand in.
  private struct Place: ~Copyable {
    static let password = "correct horse"

    let server: ChildProcess
    let password: Scratch
    let token: Scratch
    private let certificate: Scratch
    private let key: Scratch

    init() async throws {
      let certificate = try Scratch([])
      let key = try Scratch([])
      let made = try await ChildProcess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
          + ["-nodes", "-keyout", key.path, "-out", certificate.path, "-days", "2"]
          + ["-subj", "/CN=auth.example"])
      guard made.status == 0 else { throw ChildProcess.Failure(call: made.errors, code: 0) }
      let password = try Scratch(Array("\(Self.password)\nnot this\n".utf8))
      let token = try Scratch(Array("a-token\n".utf8))
      let server = try ChildProcess([
        "python3", "\(Repository.tests)/Strangers/auth-server.py", certificate.path, key.path,
      ])
      self.password = password
      self.token = token
      self.certificate = certificate
      self.key = key
      self.server = server
    }

    /// Where the server listens, once it does.
    func target() async throws -> String { "127.0.0.1:\(try await server.line())" }
  }

  @Test(
    "convinces a server that checks it, by every mechanism",
    arguments: [
      ("any", "off", "SCRAM-SHA-256"), ("any", "require", "SCRAM-SHA-256-PLUS"),
      ("PLAIN", "off", "PLAIN"), ("login", "require", "LOGIN"), ("CRAM-MD5", "off", "CRAM-MD5"),
      ("SCRAM-SHA-1", "off", "SCRAM-SHA-1"), ("SCRAM-SHA-256", "require", "SCRAM-SHA-256"),
      ("SCRAM-SHA-1-PLUS", "require", "SCRAM-SHA-1-PLUS"),
      ("EXTERNAL,CRAM-MD5", "off", "CRAM-MD5"), ("OAUTHBEARER", "require", "OAUTHBEARER"),
      ("XOAUTH2", "off", "XOAUTH2"),
    ])
  func convinces(mechanisms: String, tls: String, used: String) async throws {
    let place = try await Place()
    let secret = used.contains("OAUTH") ? place.token.path : place.password.path
    let outcome = try await Binary.run([
      try await place.target(), "--auth", mechanisms, "--tls", tls, "--auth-user", "alice",
      "--auth-password-file", secret,
    ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("C: AUTH \(used)"), "\(outcome.output)")
    #expect(outcome.output.contains("S: 235 2.7.0 welcome"))
  }

  @Test(
    "is refused where the secret is wrong, in the mechanism's own way",
    arguments: ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2"])
  func refused(mechanism: String) async throws {
    let place = try await Place()
    let outcome = try await Binary.run(
      [try await place.target(), "--auth", mechanism, "--tls", "off", "--auth-user", "alice"],
      environment: ["SMTPPROBE_AUTH_PASSWORD": "wrong battery"])
    #expect(outcome.status == 34, "\(outcome.output)")
    #expect(outcome.output.contains("REJECTED at auth: AUTH was answered 535 5.7.8 no"))
  }

  /// The server repeats password, response and line: none of them gets out, in any form.
  @Test(
    "shows its secrets nowhere",
    arguments: [
      ["--format", "text"], ["--format", "json"], ["--format", "markdown"], ["--plan"],
      ["--expect", "ok"],
    ])
  func showsNothing(options: [String]) async throws {
    let place = try await Place()
    let target = try await place.target()
    for user in ["alice", "echo"] {
      for mechanism in ["PLAIN", "LOGIN"] {
        let outcome = try await Binary.run(
          [target, "--auth", mechanism, "--tls", "off", "--auth-user", user]
            + ["--auth-password-file", place.password.path] + options)
        let told = outcome.output + outcome.errors
        #expect(!told.isEmpty)
        for secret in Self.forms(of: user) {
          #expect(!told.contains(secret), "\(secret): \(told)")
        }
      }
    }
  }

  /// The password as it is, and in each way that Base64 can have it.
  private static func forms(of user: String) -> [String] {
    let lines = ["alice": "AGFsaWNlAGNvcnJlY3QgaG9yc2U=", "echo": "AGVjaG8AY29ycmVjdCBob3JzZQ=="]
    return [Place.password, "Y29ycmVjdCBob3JzZQ"] + [lines[user]].compactMap(\.self)
  }

  @Test(
    "says what it needs and where to put it",
    arguments: [
      (["--auth"], "needs a user"), (["--auth-user", "alice"], "needs a password"),
      (["--auth", "SCRAM"], "give any, or some of"), (["--auth", "PLIAN"], "did you mean PLAIN?"),
      (["--auth-user", "a", "--auth-password-file", "/dev/null"], "/dev/null: the first line"),
      (
        ["--auth-user", "a", "--auth-password-file", "-", "--data", "-"],
        "cannot both read standard input"
      ),
      (["--auth-user", "a", "--auth-password-fd", "77"], "77"),
      (["--auth-user", ""], "needs a user"),
    ])
  func needs(options: [String], text: String) async throws {
    let outcome = try await Binary.run(["unix:/nonexistent"] + options)
    #expect([64, 65, 66].contains(outcome.status), "\(outcome.output)")
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
  }

  @Test(
    "takes a password of UTF-8 as it is, without the mark of an editor, and nothing else",
    arguments: [
      (Array("\u{FEFF}correct horse\r\n".utf8), 0, ""), (Array("correct horse".utf8), 0, ""),
      (Array("Sw".utf8) + [0xF6, 0x72], 65, "is no UTF-8"), (Array("a\0b\n".utf8), 65, "has a NUL"),
      (Array("\ncorrect horse\n".utf8), 65, "is empty"),
    ] as [([UInt8], Int32, String)])
  func passwordFile(bytes: [UInt8], status: Int32, words: String) async throws {
    let place = try await Place()
    let file = try Scratch(bytes)
    let outcome = try await Binary.run([
      try await place.target(), "--auth", "PLAIN", "--tls", "off", "--auth-user", "alice",
      "--auth-password-file", file.path,
    ])
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains(words))
  }

  /// The argument parser would take `--auth=X` for `--auth`, where something else has it read the line.
  @Test("uses the mechanism that is named and no other, however it is written")
  func namedAlone() async throws {
    let place = try await Place()
    let outcome = try await Binary.run([
      try await place.target(), "--auth=XOAUTH2", "--tls", "off", "--auth-user", "alice",
      "--auth-password-file", place.token.path, "--redact", "none", "--timeout", "9s", "--timeout",
      "9s",
    ])
    #expect(outcome.output.contains("C: AUTH XOAUTH2"), "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "is for every target of a list", arguments: [("correct horse", "ok"), ("wrong", "rejected")])
  func scanned(password: String, status: String) async throws {
    let place = try await Place()
    let list = try Scratch(Array("\(try await place.target())\n".utf8))
    let outcome = try await Binary.run(
      ["scan", list.path, "--auth", "PLAIN", "--tls", "off", "--auth-user", "alice", "--yes"],
      environment: ["SMTPPROBE_AUTH_PASSWORD": password])
    #expect(outcome.output.contains("{\"status\":\"\(status)\""), "\(outcome.output)")
    let own = try Scratch(Array("\(try await place.target()) --auth-user bob\n".utf8))
    let other = try await Binary.run(["scan", own.path])
    #expect(other.status == 65 && other.errors.contains("AUTH is for all targets"), "\(other)")
  }

  @Test("takes the password from a descriptor, and from standard input")
  func sources() async throws {
    let place = try await Place()
    let target = try await place.target()
    let words = "--auth PLAIN --tls off --auth-user alice"
    for source in [
      "--auth-password-fd 5 5<\(place.password.path)",
      "--auth-password-file - <\(place.password.path)",
    ] {
      let outcome = try await ChildProcess.run([
        "sh", "-c", "\(Binary.path) \(target) \(words) \(source)",
      ])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
  }

  /// Who is not root cannot open what `/proc` has of a process that leaves no core.
  @Test("takes the password from a descriptor where it is not root, too")
  func descriptorOfAnotherUser() async throws {
    let allowed = try await ChildProcess.run(["unshare", "-U", "true"])
    guard allowed.status == 0 else {
      print("not played: a user without rights (no user namespaces here)")
      return
    }
    let place = try await Place()
    let target = try await place.target()
    let command =
      "\(Binary.path) \(target) --auth PLAIN --tls off --auth-user alice --auth-password-fd 5"
    let outcome = try await ChildProcess.run([
      "unshare", "-U", "sh", "-c", "\(command) 5<\(place.password.path)",
    ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "asks at the terminal without an echo, and leaves it as it was",
    arguments: [
      ("\\r", "65"), ("correct horse\\r", "0"), ("wrong\\x7f\\x7f\\r", "34"), ("corr\\x03", "-2"),
      // Erased letter by letter, those of two and three bytes too; as a line; and where there is nothing.
      ("wrong\\x7f\\x7f\\x7f\\x7f\\x7fcorrect horse\\r", "0"),
      ("correct h\\xf6\\u20ac\\x7f\\x7forse\\r", "0"), ("wr\\xf6ng\\x15correct horse\\r", "0"),
      ("\\x7f\\x15\\x08correct horsee\\x08\\r", "0"),
    ])
  func asks(typed: String, status: String) async throws {
    let place = try await Place()
    let program = """
      import os, pty, subprocess, sys, termios
      master, terminal = pty.openpty()
      child = subprocess.Popen(
          sys.argv[2:], stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal,
          preexec_fn=lambda: (os.setsid(), os.close(os.open(os.ttyname(terminal), os.O_RDWR))))
      seen = b""
      while b"Password of" not in seen:
          seen += os.read(master, 100)
      os.write(master, sys.argv[1].encode().decode("unicode_escape").encode())
      status = child.wait()
      echoes = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
      os.set_blocking(master, False)
      try:
          seen += os.read(master, 10000)
      except BlockingIOError:
          pass
      print(status, echoes, b"horse" in seen or b"wrong" in seen or b"corr" in seen)
      """
    let outcome = try await ChildProcess.run(
      ["python3", "-c", program, typed, Binary.path, try await place.target()]
        + ["--auth", "PLAIN", "--tls", "off", "--auth-user", "alice"])
    #expect(outcome.output == "\(status) True False\n", "\(outcome.errors)")
  }
}
