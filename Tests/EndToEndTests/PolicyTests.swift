import TestSupport
import Testing

/// `--mta-sts` before a name server, a policy host and exchangers of other people's making.
@Suite("smtpprobe mx:domain --mta-sts")
struct PolicyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var plan = PolicySite.Plan()
    var options: [String] = []
    let status: Int32
    /// Lines of the report, or parts of them.
    let says: [String]
    /// The time that fetching the policy takes, seconds, as the report has it.
    var takesAtLeast = 0.0
    var testDescription: String { name }

    init(
      _ name: String, _ status: Int32, _ says: [String], options: [String] = [],
      takesAtLeast: Double = 0, _ change: (inout PolicySite.Plan) -> Void = { _ in }
    ) {
      self.name = name
      self.status = status
      self.says = says
      self.options = options
      self.takesAtLeast = takesAtLeast
      change(&plan)
    }
  }

  private static let url = "https://mta-sts.example.test/.well-known/mta-sts.txt: "

  static let cases: [Case] = [
    Case(
      "a good policy", 0,
      [
        "mode enforce, mx *.example.test, fetched in ",
        "mx.example.test: in the policy, by mx: *.example.test", "server name mx.example.test",
        "certificate verified",
      ]),
    Case("in chunks", 0, ["mode enforce, mx *.example.test, fetched in "]) {
      let policy = PolicySite.policy()
      $0.pieces = [
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        "10\r\n\(policy.utf8.prefix(16).text)\r\n",
        "\(String(policy.utf8.count - 16, radix: 16))\r\n\(policy.utf8.dropFirst(16).text)\r\n",
        "0\r\n\r\n",
      ]
    },
    Case("slow", 0, ["mode enforce", "fetched in "], takesAtLeast: 1) { $0.gap = 1.2 },
    Case(
      "no answer, for half of the time", 0,
      ["sts-policy-fetch-error", "no policy within 2 s: 127.0.0.1:", "did not answer the request"],
      options: ["--total-timeout", "4s"]
    ) {
      $0.pieces = []
      $0.end = "stay"
    },
    Case("404", 0, [url + "the answer was 404 Not Found"]) {
      $0.pieces = ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
    },
    Case("a redirect", 0, ["the answer was 301 Moved to https://example.test/: redirects are not"])
    {
      $0.pieces = ["HTTP/1.1 301 Moved\r\nLocation: https://example.test/\r\n\r\n"]
    },
    Case(
      "another name in the policy host's certificate", 0,
      ["sts-webpki-invalid", "The name in the certificate does not match the expected."]
    ) { $0.web = .otherName },
    Case("its certificate has expired", 0, ["sts-webpki-invalid", "expired certificate"]) {
      $0.web = .expired
    },
    Case("its certificate is nobody's", 0, ["sts-webpki-invalid", "issuer is unknown"]) {
      $0.web = .unknown
    },
    Case("more than 64 KB", 0, ["sts-policy-fetch-error", "it is longer than 65536 bytes"]) {
      $0.pieces = [
        "HTTP/1.1 200 OK\r\n\r\n", String(repeating: "mx: mx.example.test\r\n", count: 4_000),
      ]
    },
    Case("another media type", 0, ["its media type is text/html, and not text/plain"]) {
      $0.pieces = [PolicySite.answer(PolicySite.policy(), type: "text/html")]
    },
    Case("an end in the middle", 0, ["sts-policy-fetch-error", "10 too early"]) {
      $0.pieces = [String(PolicySite.answer(PolicySite.policy()).utf8.dropLast(10).text)]
    },
    Case("a mistake in it", 0, ["sts-policy-invalid", "line 2: mode \"Enforce\" is none of"]) {
      $0.pieces = [PolicySite.answer(PolicySite.policy(mode: "Enforce"))]
    },
    Case("two records", 0, ["2 TXT records begin with \"v=STSv1;\": keep one"]) {
      $0.texts += ["v=STSv1; id=2"]
    },
    Case("no record", 0, ["no policy: _mta-sts.example.test: no TXT record begins with"]) {
      $0.texts = []
    },
    Case("a policy host without address", 0, ["mta-sts.example.test has no address"]) {
      $0.absent = ["mta-sts.example.test"]
    },
    Case("mode none", 0, ["mode none, fetched in "]) {
      $0.pieces = [PolicySite.answer(PolicySite.policy(mode: "none", exchangers: []))]
      $0.mail = .unknown
    },
    Case(
      "mode testing, and a certificate for another name", 0,
      [
        "mode testing", "mx.example.test: The name in the certificate",
        "(certificate-host-mismatch)",
      ]
    ) {
      $0.pieces = [PolicySite.answer(PolicySite.policy(mode: "testing"))]
      $0.mail = .otherName
    },
    Case(
      "mode enforce, and a certificate for another name", 53,
      ["mx.example.test: The name in the certificate", "(certificate-host-mismatch)", "--mta-sts"]
    ) { $0.mail = .otherName },
    Case("mode enforce, and an expired certificate", 53, ["certificate-expired"]) {
      $0.mail = .expired
    },
    Case(
      "mode enforce, and no STARTTLS", 53,
      ["mx.example.test: STARTTLS is not offered (starttls-not-supported)"]
    ) {
      $0.offersTLS = false
    },
    Case(
      "no exchanger in it", 20,
      [
        "mx.example.test is not in the MTA-STS policy of example.test: it was not connected to",
        "mx.example.test: not in the policy: passed over (validation-failure)",
      ]
    ) { $0.pieces = [PolicySite.answer(PolicySite.policy(exchangers: ["mx.example.org"]))] },
    Case(
      "the second exchanger alone in it", 0,
      [
        "mx.other.test: not in the policy: passed over (validation-failure)",
        "mx.example.test: in the policy",
      ]
    ) { $0.exchangers = [("mx.other.test", 5), ("mx.example.test", 10)] },
  ]

  @Test("keeps to the policy, and says what it found", arguments: cases)
  func keepsTo(_ row: Case) async throws {
    let site = try PolicySite(row.plan)
    let run = try await site.run(row.options)
    #expect(run.status == row.status, "\(run.output)\(run.errors)\(site.log)")
    for words in row.says {
      #expect(run.output.contains(words), "\(words)\n\(run.output)\(run.errors)")
    }
    if row.takesAtLeast > 0 {
      let seconds = run.output.firstMatch(of: #/fetched in ([0-9.]+) s/#).flatMap { Double($0.1) }
      #expect((seconds ?? 0) >= row.takesAtLeast, "\(run.output)")
    }
  }

  @Test("asks as RFC 8461 wants it, once for all exchangers")
  func asks() async throws {
    var plan = PolicySite.Plan()
    plan.exchangers = [("mx.example.test", 10), ("mx2.example.test", 10), ("mx.other.test", 20)]
    let site = try PolicySite(plan)
    let run = try await site.run(["--all"])
    #expect(run.status == 20, "\(run.output)\(run.errors)")
    let requests = site.log.split(separator: "\n").filter { $0.hasPrefix("GET ") }
    #expect(requests.count == 1, "\(site.log)")
    #expect(
      requests.first?.hasPrefix(
        "GET /.well-known/mta-sts.txt HTTP/1.1|Host: mta-sts.example.test|") == true)
    #expect(run.output.contains("mx.other.test"), "\(run.output)")
  }

  @Test("writes it down in the words of RFC 8460, and reads it back")
  func record() async throws {
    var plan = PolicySite.Plan()
    plan.mail = .otherName
    let site = try PolicySite(plan)
    let file = try Scratch([])
    let run = try await site.run(["--redact", "none", "-o", "json:\(file.path)"])
    let again = try await Binary.run(["report", file.path, "--format", "json", "--redact", "none"])
    for words in [
      "\"type\" : \"sts\"", "\"mode\" : \"enforce\"", "\"mx: *.example.test\"",
      "\"matched\" : \"mx: *.example.test\"", "\"result\" : \"certificate-host-mismatch\"",
    ] {
      #expect(again.output.contains(words), "\(words)\n\(again.output)")
    }
    let text = try await Binary.run([
      "report", file.path, "--redact", "none", "--width", "300",
    ])
    #expect(text.output == run.output)
  }

  @Test(
    "is refused where there is no domain to ask",
    arguments: [
      (["mx.example.test", "--mta-sts"], "give mx:DOMAIN, or --to user@DOMAIN"),
      (["unix:/run/x", "--mta-sts"], "give mx:DOMAIN, or --to user@DOMAIN"),
      (["mx:example.test", "--mta-sts", "--tls", "off"], "--mta-sts needs TLS"),
      (["mx:example.test", "--mta-sts-port", "8443"], "give --mta-sts too"),
    ])
  func refused(words: [String], text: String) async throws {
    let run = try await Binary.run(words)
    #expect(run.status == 64)
    #expect(run.errors.contains(text), "\(run.errors)")
  }

  @Test("takes the domain of the first recipient where the target is a host")
  func host() async throws {
    let site = try PolicySite(PolicySite.Plan())
    let run = try await site.run(["--to", "user@example.test"], target: ["mx.example.test"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("mode enforce, mx *.example.test"), "\(run.output)")
  }

  @Test("leads a diagnosis to the policy (I6)", arguments: [true, false])
  func diagnosed(isStranger: Bool) async throws {
    var plan = PolicySite.Plan()
    if isStranger {
      plan.pieces = [PolicySite.answer(PolicySite.policy(exchangers: ["mx.example.org"]))]
    } else {
      plan.mail = .unknown
    }
    let site = try PolicySite(plan)
    let run = try await site.run(target: ["diagnose", "mx:example.test"])
    #expect(run.output.contains("mta-sts-enforce"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("without --mta-sts"), "\(run.output)")
  }
}

extension Sequence<UInt8> {
  fileprivate var text: String { String(decoding: Array(self), as: UTF8.self) }
}
