import TestSupport
import Testing

/// `--dane` before zones that are signed here and a server on OpenSSL.
@Suite("smtpprobe --dane")
struct DANETests {
  /// A server, and a zone in which each host is another case.
  private struct World: ~Copyable {
    let server: ChildProcess
    let zone: SignedZone
    let anchor: Scratch
    let wrongAnchor: Scratch
    let port: Int

    init() async throws {
      let folder = try Folder()
      let made = try await ChildProcess.run([
        "bash", "-c",
        """
        set -e
        cd \(folder.path)
        new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
        openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj /CN=authority 2>/dev/null
        openssl req $new -keyout key.pem -out leaf.csr -subj /CN=mx 2>/dev/null
        echo subjectAltName=DNS:issuer.dane.example,DNS:whole.dane.example >leaf.ext
        openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
          -extfile leaf.ext -out leaf.pem 2>/dev/null
        cat leaf.pem ca.pem >chain.pem
        openssl x509 -in leaf.pem -outform DER | openssl dgst -sha512 -r | cut -d' ' -f1
        openssl x509 -in leaf.pem -pubkey -noout | openssl pkey -pubin -outform DER |
          openssl dgst -sha256 -r | cut -d' ' -f1
        openssl x509 -in ca.pem -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1
        openssl x509 -in ca.pem -outform DER | od -An -v -tx1 | tr -d ' \\n'
        """,
      ])
      let data = made.output.split(separator: "\n").map(String.init)
      try #require(made.status == 0 && data.count == 4, "\(made.errors)")
      let server = try ChildProcess([
        "python3", "\(Repository.tests)/Strangers/tls-server.py", "\(folder.path)/chain.pem",
        "\(folder.path)/key.pem", "silent",
      ])
      let number = try #require(Int(try await server.line()), "\(server.errors)")
      let place = "_\(number)._tcp"
      let zeros = String(repeating: "00", count: 32)
      let zone = try await SignedZone(
        [
          "dane.example": """
          @ MX 10 broken
          @ MX 20 key
          key A 127.0.0.1
          \(place).key TLSA 3 1 1 \(data[1])
          certificate A 127.0.0.1
          \(place).certificate TLSA 3 0 2 \(data[0])
          issuer A 127.0.0.1
          \(place).issuer TLSA 2 0 1 \(data[2])
          whole A 127.0.0.1
          \(place).whole TLSA 2 0 0 \(data[3])
          stranger A 127.0.0.1
          \(place).stranger TLSA 2 0 1 \(data[2])
          rolled A 127.0.0.1
          \(place).rolled TLSA 3 1 1 \(zeros)
          \(place).rolled TLSA 3 1 1 \(data[1])
          mismatch A 127.0.0.1
          \(place).mismatch TLSA 3 1 1 \(zeros)
          useless A 127.0.0.1
          \(place).useless TLSA 1 1 1 \(zeros)
          none A 127.0.0.1
          alias CNAME key
          broken A 127.0.0.1
          \(place).broken TLSA 3 1 1 \(data[1])
          slow A 127.0.0.1
          \(place).slow TLSA 3 1 1 \(data[1])
          plain NS ns
          """,
          "plain.dane.example": """
          @ MX 10 key.dane.example.
          mx A 127.0.0.1
          """,
          "late.example": "mx A 127.0.0.1\n\(place).mx TLSA 3 1 1 \(data[1])",
        ],
        faults: [
          "\(place).broken.dane.example. TLSA servfail", "\(place).slow.dane.example. TLSA silent",
          "plain.dane.example. - unsigned", "late.example. - expired",
        ])
      let anchors = [zone.anchors["dane.example"], zone.anchors["late.example"]]
      let anchor = try Scratch(Array(anchors.compactMap(\.self).joined(separator: "\n").utf8))
      let wrongAnchor = try Scratch(Array("dane.example. IN DS 1 13 2 \(zeros)".utf8))
      self.port = number
      self.anchor = anchor
      self.wrongAnchor = wrongAnchor
      self.server = server
      self.zone = zone
    }

    func run(_ target: String, _ options: [String] = [], isWrong: Bool = false) async throws
      -> ChildProcess.Outcome
    {
      try await Binary.run(
        [target, "--dane", "--resolver", "127.0.0.1:\(zone.port)", "--port", String(port)]
          + ["--trust-anchor", isWrong ? wrongAnchor.path : anchor.path, "--quit-after", "helo"]
          + ["--timeout", "5s", "--connect-timeout", "2s"] + options)
    }
  }

  @Test("keeps to what the zone says, and tells it")
  func hosts() async throws {
    let world = try await World()
    let rows: [(target: String, status: Int32, told: String)] = [
      ("key.dane.example", 0, "secure, 3 1 1 "), ("certificate.dane.example", 0, "secure, 3 0 2 "),
      ("issuer.dane.example", 0, "an issuer of the certificate fits"),
      ("whole.dane.example", 0, "secure, 2 0 0 "),
      ("stranger.dane.example", 53, "certificate-host-mismatch"),
      ("rolled.dane.example", 0, " of 2: the certificate fits"),
      ("mismatch.dane.example", 53, "this one would: 3 1 1"),
      ("useless.dane.example", 0, "nobody authenticated"),
      ("none.dane.example", 0, "there is no TLSA record"),
      ("alias.dane.example", 0, "the certificate fits"),
      ("broken.dane.example", 20, "the name server answered SERVFAIL"),
      ("slow.dane.example", 20, "no answer within 2000 ms"),
      ("mx.plain.dane.example", 0, "its zone is not signed"),
      ("mx.late.example", 20, "signature expired"),
      ("mx:dane.example", 0, "is passed over"),
      ("mx:plain.dane.example", 0, "MX records of plain.dane.example are not signed"),
      ("127.0.0.1", 0, "without a name"),
    ]
    for row in rows {
      let run = try await world.run(row.target)
      #expect(run.status == row.status, "\(row.target): \(run.output)\(run.errors)")
      // Lines are folded where words end.
      let text = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
      let told = row.told.split(separator: " ").joined(separator: " ")
      #expect(text.contains(told), "\(row.target): \(run.output)")
    }
    let wrong = try await world.run("key.dane.example", isWrong: true)
    #expect(wrong.status == 20 && wrong.output.contains("bogus"), "\(wrong.output)")
  }

  @Test("shows every exchanger, in JSON by the schema, and finds the cause")
  func forms() async throws {
    let world = try await World()
    let all = try await world.run("mx:dane.example", ["--all"])
    #expect(all.status == 20, "\(all.output)")
    #expect(all.output.contains("unreachable@resolve"), "\(all.output)")
    #expect(all.output.contains("--server broken.dane.example"), "\(all.output)")
    let json = try await world.run("mismatch.dane.example", ["--format", "json"])
    try await SchemaTests.check(json.output, "session")
    #expect(json.output.contains("\"result\" : \"validation-failure\""), "\(json.output)")
    let file = try Scratch(Array(json.output.utf8))
    let again = try await Binary.run(["report", file.path])
    #expect(again.output.contains("dane_mismatch"), "\(again.output)\(again.errors)")
    let diagnosis = try await Binary.run([
      "diagnose", "mismatch.dane.example", "--dane", "--resolver", "127.0.0.1:\(world.zone.port)",
      "--port", String(world.port), "--trust-anchor", world.anchor.path, "--timeout", "5s",
    ])
    #expect(diagnosis.output.contains("dane-failure"), "\(diagnosis.output)")
  }

  @Test(
    "is refused where it cannot be had, with the reason",
    arguments: [
      (["--tls", "off"], 64, "--dane needs TLS"), (["--tls-verify"], 64, "choose one"),
      (["--tls-sni", "mx"], 64, "leave --tls-sni out"),
      (["--pipelining", "early"], 64, "choose one"),
      (["--trust-anchor", "/nonexistent"], 66, "/nonexistent"),
      (["--trust-anchor", "/dev/null"], 65, "no trust anchor in it"),
      (["--trust-anchor", "FILE"], 65, "give records DS or DNSKEY"),
    ])
  func refused(words: [String], status: Int32, text: String) async throws {
    let file = try Scratch(Array("no record\n".utf8))
    let run = try await Binary.run(
      ["mx.example", "--dane"] + words.map { $0 == "FILE" ? file.path : $0 })
    #expect(run.status == status, "\(run.errors)")
    #expect(run.errors.contains(text), "\(run.errors)")
  }

  @Test("needs --dane for a trust anchor")
  func alone() async throws {
    let run = try await Binary.run(["mx.example", "--trust-anchor", "zone.ds"])
    #expect(run.status == 64 && run.errors.contains("give --dane too"), "\(run.errors)")
  }
}
