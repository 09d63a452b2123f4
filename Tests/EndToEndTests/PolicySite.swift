import TLSEngine
import TestSupport

/// A mail domain on loopback, `example.test`: its name server, its policy host and its exchangers, which a
/// program on Python and OpenSSL plays.
struct PolicySite: ~Copyable {
  /// Which certificate somebody shows.
  enum Shown: Sendable {
    /// Trusted, and made out to the host.
    case good
    case otherName, expired
    /// By nobody who is trusted.
    case unknown
  }

  /// What the site is like.
  struct Plan: Sendable {
    var texts = ["v=STSv1; id=20160831085700Z;"]
    var exchangers = [("mx.example.test", 10)]
    /// Names without an address.
    var absent: [String] = []
    var web = Shown.good
    /// What the policy host says to any request, with that many seconds before each.
    var pieces = [PolicySite.answer(PolicySite.policy())]
    var gap = 0.0
    /// `close`, `cut`, `stay`.
    var end = "close"
    var mail = Shown.good
    var offersTLS = true
  }

  private let server: ChildProcess
  private let trust: Scratch
  /// Files that the server reads once it is asked.
  private let webCertificate, webKey, mailCertificate, mailKey: Scratch

  init(_ plan: Plan) throws {
    let web = try Self.credentials(plan.web, for: "mta-sts.example.test")
    let mail = try Self.credentials(plan.mail, for: "mx.example.test")
    let trusted = [(web, plan.web), (mail, plan.mail)].filter { $0.1 != .unknown }
    let others = try ServerCredentials.selfSigned(commonName: "other", names: ["other.test"])
    let trust = try Scratch(
      Array(([others] + trusted.map(\.0)).map(\.pemCertificate).joined(separator: "\n").utf8))
    let webCertificate = try Scratch(Array(web.pemCertificate.utf8))
    let webKey = try Scratch(Array(web.pemKey.utf8))
    let mailCertificate = try Scratch(Array(mail.pemCertificate.utf8))
    let mailKey = try Scratch(Array(mail.pemKey.utf8))
    let list = { (texts: [String]) in "[" + texts.joined(separator: ",") + "]" }
    let exchangers = plan.exchangers.map { list([Self.quoted($0.0), String($0.1)]) }
    let json = """
      {"txt": \(list(plan.texts.map(Self.quoted))), "mx": \(list(exchangers)),
       "absent": \(list(plan.absent.map(Self.quoted))),
       "web": {"certificate": "\(webCertificate.path)", "key": "\(webKey.path)",
         "pieces": \(list(plan.pieces.map(Self.quoted))), "gap": \(plan.gap), "end": "\(plan.end)"},
       "mail": {"certificate": "\(mailCertificate.path)", "key": "\(mailKey.path)",
         "starttls": \(plan.offersTLS)}}
      """
    server = try ChildProcess(
      ["python3", "\(Repository.tests)/Strangers/policy-site.py"], input: Array(json.utf8))
    self.trust = trust
    self.webCertificate = webCertificate
    self.webKey = webKey
    self.mailCertificate = mailCertificate
    self.mailKey = mailKey
  }

  /// Runs the program at the domain, or with other words in front.
  func run(
    _ options: [String] = [], target: [String] = ["mx:example.test"]
  ) async throws -> ChildProcess.Outcome {
    let ports = try await server.lines("", count: 3)
    return try await Binary.run(
      target + ["--mta-sts", "--resolver", "127.0.0.1:\(ports[0])", "--mta-sts-port", ports[1]]
        + ["--port", ports[2], "--tls-ca-path", trust.path, "--timeout", "5s"]
        + ["--width", "300"] + options)
  }

  /// What the server was asked by HTTP, and what went wrong for it.
  var log: String { server.errors }

  static func policy(
    mode: String = "enforce", exchangers: [String] = ["*.example.test"]
  ) -> String {
    (["version: STSv1", "mode: \(mode)"] + exchangers.map { "mx: \($0)" } + ["max_age: 86400", ""])
      .joined(separator: "\r\n")
  }

  static func answer(_ policy: String, type: String = "text/plain") -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(policy.utf8.count)\r\n\r\n\(policy)"
  }

  private static func credentials(_ shown: Shown, for name: String) throws -> ServerCredentials {
    switch shown {
    case .good, .unknown: try .selfSigned(commonName: name, names: [name])
    case .otherName: try .selfSigned(commonName: name, names: ["www.example.test"])
    case .expired: try .selfSigned(commonName: name, names: [name], validity: .expired)
    }
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.map { letter in
        switch letter {
        case "\r\n": "\\r\\n"
        case "\r": "\\r"
        case "\n": "\\n"
        case "\"", "\\": "\\\(letter)"
        default: String(letter)
        }
      }.joined() + "\""
  }
}
